import type { TransactionKind } from '@pe/finance/ledger/transaction.ts'
import { transactionKinds } from '@pe/finance/ledger/transaction.ts'
import { type Static, Type } from 'typebox'
import { CurrencyCode, DecimalText, Id, Money, PlainDate, TimeOfDay } from './scalars.ts'
import { LotChoice, RecordedRate } from './transactions.ts'

const closed = { additionalProperties: false } as const

/** Place in `names`. */
const name = Type.Integer({ minimum: 0 })

/** What few entries have. */
const LedgerExtras = Type.Object(
  {
    time: Type.Optional(TimeOfDay),
    toAccountId: Type.Optional(Id),
    cashCurrency: Type.Optional(CurrencyCode),
    received: Type.Optional(Money),
    rate: Type.Optional(RecordedRate),
    lots: Type.Optional(Type.Array(LotChoice)),
  },
  closed,
)
export type LedgerExtras = Static<typeof LedgerExtras>

/**
 * Posted transactions, for other services: one column a field, in which ten thousand entries are read some four times as fast as ten
 * thousand objects are. By day, and on one day as they were recorded; `ledger-reading.ts` puts those with a time of day in their order.
 */
export const LedgerColumns = Type.Object(
  {
    /** Accounts and instruments, each once. */
    names: Type.Array(Id),
    ids: Type.Array(Id),
    kinds: Type.Array(Type.Unsafe<TransactionKind>(Type.String({ enum: [...transactionKinds] }))),
    dates: Type.Array(PlainDate),
    accounts: Type.Array(name),
    cashAccounts: Type.Array(Type.Union([name, Type.Null()])),
    instruments: Type.Array(Type.Union([name, Type.Null()])),
    quantities: Type.Array(Type.Union([DecimalText, Type.Null()])),
    amounts: Type.Array(DecimalText),
    currencies: Type.Array(CurrencyCode),
    fees: Type.Array(DecimalText),
    taxes: Type.Array(DecimalText),
    /** The place of an entry, ascending, and what else it has. */
    extras: Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), LedgerExtras])),
  },
  closed,
)
export type LedgerColumns = Static<typeof LedgerColumns>
