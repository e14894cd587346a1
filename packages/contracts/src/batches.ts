import { type Static, Type } from 'typebox'
import { NewAccount } from './accounts.ts'
import { routes } from './route.ts'
import { CurrencyCode, Facts, Id, Name } from './scalars.ts'
import { BatchTaxonomy } from './taxonomies.ts'
import { statement } from './transactions.ts'

const closed = { additionalProperties: false } as const

/** One transaction of a batch: accounts by key, so that a batch can bring its accounts along. */
export const BatchTransaction = Type.Object(
  {
    ...statement,
    state: Type.Union([Type.Literal('posted'), Type.Literal('draft')]),
    accountKey: Type.String(),
    cashAccountKey: Type.Optional(Type.String()),
    toAccountKey: Type.Optional(Type.String()),
    /** Idempotency across imports, scoped to the account: the broker's id or a hash of the row (import-formats.md e.0.7). */
    sourceKey: Type.String({ maxLength: 200 }),
    /** Row of the file, for refusals. */
    row: Type.Integer(),
  },
  { title: 'BatchTransaction', ...closed },
)
export type BatchTransaction = Static<typeof BatchTransaction>

/** Row by row: `recorded`, `duplicate` (its sourceKey stands in the account already), or `refused`. */
export const BatchRow = Type.Object(
  {
    row: Type.Integer(),
    result: Type.Union([Type.Literal('recorded'), Type.Literal('duplicate'), Type.Literal('refused')]),
    code: Type.Optional(Type.String()),
    detail: Type.Optional(Type.String()),
    facts: Type.Optional(Facts),
  },
  closed,
)

/** Instruments that were made since rows were judged, by the ids that stood for them. */
export const StandIns = Type.Array(Type.Object({ standIn: Id, instrumentId: Id }, closed))
export type StandIns = Static<typeof StandIns>

/** What recording rows that were handed over before would do, or did. */
export const BatchOutcome = Type.Object(
  {
    portfolioId: Type.Union([Id, Type.Null()]),
    accountsOpened: Type.Integer(),
    recorded: Type.Integer(),
    /** True when nothing was recorded: the rows are gone, or the books have changed since they were judged. Hand them over again. */
    stale: Type.Boolean(),
  },
  closed,
)
export type BatchOutcome = Static<typeof BatchOutcome>

/** For other services only. */
export const batchRoutes = routes({
  recordBatch: {
    method: 'POST',
    path: '/internal/batches',
    permission: 'service',
    summary: 'Record accounts, a portfolio and their transactions in one database transaction, or nothing',
    body: Type.Object(
      {
        importId: Id,
        /** Only answer what would happen. */
        dryRun: Type.Boolean(),
        /** Refused rows are left out instead of refusing the batch. */
        skipRefused: Type.Boolean(),
        /** An account with an id exists already; one without is found among the portfolio's accounts by its key (as remembered from an earlier import), or opened. */
        accounts: Type.Array(
          Type.Object({ key: Type.String({ maxLength: 200 }), accountId: Type.Optional(Id), account: NewAccount }, closed),
        ),
        /** The portfolio they belong to: found by name, or created with this base currency. */
        portfolio: Type.Optional(Type.Object({ name: Name, baseCurrency: CurrencyCode }, closed)),
        transactions: Type.Array(BatchTransaction),
        taxonomies: Type.Optional(Type.Array(BatchTaxonomy, { maxItems: 200 })),
      },
      closed,
    ),
    reply: Type.Object(
      {
        portfolioId: Type.Union([Id, Type.Null()]),
        accounts: Type.Array(Type.Object({ key: Type.String(), accountId: Id, created: Type.Boolean() }, closed)),
        rows: Type.Array(BatchRow),
        /** How many taxonomies are new or gain something. */
        taxonomies: Type.Integer(),
        /** Of a dry run whose rows would all be recorded, into accounts that are still to be opened: what `recordJudged` takes. */
        verdict: Type.Optional(Id),
      },
      closed,
    ),
    refusals: ['rows_in_error', 'unknown_currency'],
  },
  recordJudged: {
    method: 'POST',
    path: '/internal/batches/judged/{verdict}/record',
    permission: 'service',
    summary: 'Record what a dry run judged, as it was handed over then, in one database transaction, or nothing',
    params: Type.Object({ verdict: Id }, closed),
    body: Type.Object({ instruments: StandIns }, closed),
    reply: BatchOutcome,
    refusals: ['unknown_currency'],
  },
  undoBatch: {
    method: 'POST',
    path: '/internal/batches/{importId}/undo',
    permission: 'service',
    summary: 'Void every transaction of an import and take away the accounts and the portfolio it opened, where nothing else uses them',
    params: Type.Object({ importId: Id }, closed),
    body: Type.Object({}, closed),
    reply: Type.Object({ voided: Type.Integer(), accountsRemoved: Type.Integer(), portfolioRemoved: Type.Boolean() }, closed),
    refusals: ['not_found', 'period_closed', 'not_enough_units', 'lots_do_not_match'],
  },
})
