import { type Static, type TSchema, Type } from 'typebox'
import { CurrencyCode, Facts, Id, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const

/**
 * What has happened, announced through the outbox in the transaction that made it so, at least once, in order by `key`.
 * Facts are immutable: if one was wrong, a new one says so.
 */
export const factBodies = {
  /** One or many transactions of an account were recorded, voided or replaced; everything from `effectiveFrom` on may differ. */
  'transaction-recorded': Type.Object(
    {
      accountId: Id,
      /** The account's book version after it. */
      version: Type.Integer(),
      instrumentIds: Type.Array(Id),
      effectiveFrom: PlainDate,
    },
    closed,
  ),
  /** The answer to the command `record-transactions`: all of them stand in the book. `replayed`: they did before, under the same key. */
  'transactions-accepted': Type.Object(
    { commandId: Id, idempotencyKey: Type.String(), transactions: Type.Integer(), replayed: Type.Boolean() },
    closed,
  ),
  /** The other answer: none of them was recorded, and why. The key is free again. */
  'transactions-refused': Type.Object(
    {
      commandId: Id,
      /** Null where the command could not be read. */
      idempotencyKey: Type.Union([Type.String(), Type.Null()]),
      code: Type.String(),
      detail: Type.String(),
      /** The rows that were refused, the first of them when they are many; none where the list as a whole was. */
      rows: Type.Array(
        Type.Object({ row: Type.Integer(), code: Type.String(), detail: Type.String(), facts: Type.Optional(Facts) }, closed),
      ),
      /** How many rows were refused. */
      refused: Type.Integer(),
    },
    closed,
  ),
  'account-changed': Type.Object({ accountId: Id }, closed),
  'portfolio-changed': Type.Object({ portfolioId: Id }, closed),
  'taxonomy-changed': Type.Object({ taxonomyId: Id }, closed),
  'closes-recorded': Type.Object({ instrumentId: Id, effectiveFrom: PlainDate }, closed),
  'rates-recorded': Type.Object({ base: CurrencyCode, quote: CurrencyCode, effectiveFrom: PlainDate }, closed),
  'instrument-changed': Type.Object({ instrumentId: Id }, closed),
  /** A corporate action was recorded, changed or removed; no account is touched until it is applied there. */
  'action-recorded': Type.Object({ actionId: Id, instrumentId: Id, effectiveFrom: PlainDate }, closed),
  /** Stored values of an account or portfolio are up to date again; they differ from that day on. */
  'valuation-changed': Type.Object(
    {
      accountId: Type.Optional(Id),
      portfolioId: Type.Optional(Id),
      effectiveFrom: PlainDate,
      days: Type.Integer(),
      instruments: Type.Integer(),
    },
    closed,
  ),
  'import-committed': Type.Object({ importId: Id }, closed),
  'import-undone': Type.Object({ importId: Id }, closed),
} as const satisfies Record<string, TSchema>

export type FactName = keyof typeof factBodies
export type FactBody<N extends FactName> = Static<(typeof factBodies)[N]>

/** The envelope every bus carries. */
export interface Fact<N extends FactName = FactName> {
  readonly id: string
  readonly name: N
  readonly organisationId: string
  /** Orders facts: those of one key arrive in the order they were announced. Organisation and account, mostly. */
  readonly key: string
  readonly at: string
  readonly traceId: string
  readonly body: FactBody<N>
}
