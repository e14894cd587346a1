import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { because } from './because.ts'
import type { ImportedTransaction } from './imported-file.ts'
import type { RowLog } from './row-log.ts'
import type { RowReport } from './row-report.ts'

/** What trades become in a file without cash. */
export const deliveries: Partial<Record<RecordedKind, RecordedKind>> = { buy: 'delivery-in', sell: 'delivery-out' }
const cashIn = new Set<RecordedKind>(['dividend', 'interest', 'fee-refund', 'tax-refund'])
const cashOut = new Set<RecordedKind>(['fee', 'tax', 'interest-charge'])

/** True when nothing in the file says where cash came from or went: then its cash balances would mean nothing. */
export function isTradeOnly(transactions: readonly ImportedTransaction[]): boolean {
  return !transactions.some(
    ({ kind }) => kind === 'deposit' || kind === 'withdrawal' || kind === 'transfer' || kind === 'currency-exchange',
  )
}

/**
 * A file without cash legs, in the order of recording (numbers.md "Trade-only files"): purchases and sales become deliveries whose amount is
 * the flow. Income is booked and leaves the same day; a fee or tax is paid in the same day: so cash stays as it was, income counts as earned
 * and costs as paid, in returns too. A fee while the account holds nothing would be a total loss of what was paid in for it (a return of
 * −100 % for good): it is kept as a draft, and says so.
 */
export function withoutCash(transactions: readonly ImportedTransaction[], rows: RowLog): ImportedTransaction[] {
  const book = new TradeOnlyBook((row, change) => rows.change(row, change))
  return transactions.flatMap((transaction) => book.booked(transaction))
}

/** The same, one transaction after the other. */
export class TradeOnlyBook {
  readonly #held = new Map<string, Map<string, Decimal>>()
  readonly #change: (row: number, change: Partial<RowReport>) => void

  /** `change` hears what is now to be said of a row. */
  constructor(change: (row: number, change: Partial<RowReport>) => void) {
    this.#change = change
  }

  booked(transaction: ImportedTransaction): ImportedTransaction[] {
    const kind = deliveries[transaction.kind]
    if (kind) {
      move(this.#held, transaction)
      this.#change(transaction.row, { becomes: kind })
      // the transactions of a file that was just read are nobody else's yet
      return [Object.assign(transaction, { kind })]
    }
    const pays = cashOut.has(transaction.kind)
    if (pays && !holdsAnything(this.#held, transaction.accountKey)) {
      this.#change(transaction.row, { draft: true, ...because('cost-without-holding') })
      return [{ ...transaction, state: 'draft' }]
    }
    const other = pays || cashIn.has(transaction.kind) ? counterpart(transaction, pays) : null
    if (!other) return [transaction]
    return pays ? [other, transaction] : [transaction, other]
  }
}

function counterpart(transaction: ImportedTransaction, pays: boolean): ImportedTransaction | null {
  const {
    amount = '0',
    fee = '0',
    tax = '0',
    date,
    time,
    currency,
    state,
    accountKey,
    cashAccountKey,
    cashCurrency,
    rate,
    row,
    sourceKey,
  } = transaction
  const charges = Decimal.parse(fee).plus(Decimal.parse(tax))
  const net = pays ? Decimal.parse(amount).plus(charges) : Decimal.parse(amount).minus(charges)
  if (net.isZero()) return null
  return {
    kind: net.isNegative() !== pays ? 'deposit' : 'withdrawal',
    date,
    ...(time ? { time } : {}),
    amount: net.abs().toString(),
    ...(currency ? { currency } : {}),
    ...(cashCurrency ? { cashCurrency } : {}),
    ...(rate ? { rate } : {}),
    ...(cashAccountKey ? { cashAccountKey } : {}),
    state,
    accountKey,
    sourceKey: `${sourceKey}:cash`,
    row,
  }
}

function move(
  held: Map<string, Map<string, Decimal>>,
  { accountKey, instrumentKey = '', quantity = '0', kind }: ImportedTransaction,
): void {
  const account = held.get(accountKey) ?? new Map<string, Decimal>()
  held.set(accountKey, account)
  const before = account.get(instrumentKey) ?? Decimal.zero
  const units = Decimal.parse(quantity)
  const after = kind === 'buy' ? before.plus(units) : before.minus(units)
  if (after.isZero()) account.delete(instrumentKey)
  else account.set(instrumentKey, after)
}

function holdsAnything(held: Map<string, Map<string, Decimal>>, accountKey: string): boolean {
  return (held.get(accountKey)?.size ?? 0) > 0
}
