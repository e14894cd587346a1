import { type Static, Type } from 'typebox'
import { routes } from './route.ts'
import { CurrencyCode, DecimalText, Facts, Id, Note, PlainDate } from './scalars.ts'
import { NewTransaction } from './transactions.ts'

const closed = { additionalProperties: false } as const

/**
 * One line of a sheet: with `accountId` it records, with `transactionId` and `version` it puts another in place of that transaction, and
 * without `transaction` it voids it.
 */
export const SheetLine = Type.Object(
  {
    /** The caller's name for the line; answers and refusals carry it. */
    line: Type.Integer({ minimum: 1 }),
    accountId: Type.Optional(Id),
    transactionId: Type.Optional(Id),
    version: Type.Optional(Type.Integer()),
    transaction: Type.Optional(NewTransaction),
  },
  { title: 'SheetLine', ...closed },
)
export type SheetLine = Static<typeof SheetLine>

export const SheetVerdict = Type.Object(
  {
    line: Type.Integer(),
    /** `fits` in a dry run; `recorded`, `replaced` or `voided` when it was saved; or `refused`. */
    result: Type.Union([
      Type.Literal('fits'),
      Type.Literal('recorded'),
      Type.Literal('replaced'),
      Type.Literal('voided'),
      Type.Literal('refused'),
    ]),
    transactionId: Type.Union([Id, Type.Null()]),
    code: Type.Union([Type.String(), Type.Null()]),
    detail: Type.Union([Type.String(), Type.Null()]),
    facts: Type.Optional(Facts),
  },
  { title: 'SheetVerdict', ...closed },
)
export type SheetVerdict = Static<typeof SheetVerdict>

/** Cash that would go below nothing: allowed, since a file may lack a deposit, but worth a look. */
export const CashBelowZero = Type.Object(
  { accountId: Id, currency: CurrencyCode, from: PlainDate, lowest: DecimalText },
  { title: 'CashBelowZero', ...closed },
)
export type CashBelowZero = Static<typeof CashBelowZero>

/** Many changes of a book as one. */
export const sheetRoutes = routes({
  saveSheet: {
    method: 'POST',
    path: '/transactions/sheet',
    permission: 'book.write',
    summary: 'Record, correct and void up to 10,000 transactions in one step, or say what would come of it',
    body: Type.Object(
      {
        lines: Type.Array(SheetLine, { minItems: 1, maxItems: 10_000 }),
        /** Only tells; nothing is written. */
        dryRun: Type.Optional(Type.Boolean()),
        /** Why transactions are corrected or voided; kept with each. */
        reason: Type.Optional(Note),
      },
      closed,
    ),
    reply: Type.Object(
      { verdicts: Type.Array(SheetVerdict), cashBelowZero: Type.Array(CashBelowZero) },
      { title: 'SheetAnswer', ...closed },
    ),
    refusals: ['rows_in_error', 'not_found', 'period_closed', 'key_reused', 'key_in_use'],
  },
})
