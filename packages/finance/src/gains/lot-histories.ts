import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Lot } from '../lots/lot.ts'
import { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { sumKnown } from '../prices/known-sum.ts'
import { daysBetween, type PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { inScope, type Scope } from '../valuation/scope.ts'
import { type HoldingTerm, holdingTerm } from './holding-term.ts'
import { type GainOptions, lotsSincePurchase } from './lots-of.ts'
import { realisedGains } from './realised-gains.ts'
import type { RealisedRow } from './realised-row.ts'

/** A lot from its purchase to its last unit; several pieces of one purchase in one instrument are one lot. */
export interface LotHistory {
  /** The purchase or delivery; of an average pool the one that opened it. */
  readonly lotId: string
  readonly instrumentId: string
  readonly acquiredOn: PlainDate
  /** The transaction it comes from; null when the book does not hold it. */
  readonly origin: LedgerTransaction | null
  /** What is left, one piece an account. */
  readonly held: readonly Lot[]
  readonly units: Decimal
  /** Of what is left, in the currency of the view. */
  readonly cost: Known<Decimal>
  /** Calendar days from the purchase to `date`, or to the sale of the last unit. */
  readonly days: number
  /** Where what is left lies; of a closed lot the accounts that its sales took it from. Each once, in order. */
  readonly accountIds: readonly string[]
  /** If what is left were sold on `date`; of a closed lot those of its sales. Each once; none in an average. What is owed is short. */
  readonly terms: readonly HoldingTerm[]
  /** What sales took of it, in order. */
  readonly takings: readonly RealisedRow[]
}

/** Every lot that a scope holds or ever held up to the end of a day, oldest first. */
export function lotHistories(book: Book, scope: Scope, date: PlainDate, options: GainOptions): LotHistory[] {
  const { lots } = lotsSincePurchase(book, scope, date, options)
  const { rows } = realisedGains(book, scope, { basis: 'purchase', from: null, to: date }, options)
  const entries = new Map(book.transactions.map((entry) => [entry.id, entry]))
  const wanted = lots.filter(
    ({ accountId, instrumentId }) => inScope(scope, accountId) && (scope.instrumentId ?? instrumentId) === instrumentId,
  )
  const keyOf = (instrumentId: string, lotId: string | null): string => `${instrumentId}\n${lotId}`
  const heldOf = Map.groupBy(wanted, ({ instrumentId, transactionId }) => keyOf(instrumentId, transactionId))
  const takenOf = Map.groupBy(rows, ({ instrumentId, lotId }) => keyOf(instrumentId, lotId))
  const histories = [...new Set([...heldOf.keys(), ...takenOf.keys()])].map((key) =>
    historyOf(heldOf.get(key) ?? [], takenOf.get(key) ?? [], entries, date, options),
  )
  return histories.sort(byAge)
}

function historyOf(
  held: readonly Lot[],
  takings: readonly RealisedRow[],
  entries: ReadonlyMap<string, LedgerTransaction>,
  date: PlainDate,
  options: GainOptions,
): LotHistory {
  const [piece, taking] = [held[0], takings.at(-1)]
  const acquiredOn = piece?.acquiredOn ?? taking?.acquiredOn ?? date
  const lotId = piece?.transactionId ?? taking?.lotId ?? ''
  const units = Decimal.sum(held.map((lot) => lot.units))
  return {
    lotId,
    instrumentId: piece?.instrumentId ?? taking?.instrumentId ?? '',
    acquiredOn,
    origin: entries.get(lotId) ?? null,
    held,
    units,
    cost: sumKnown(held.map((lot) => lot.cost.reporting)),
    days: daysBetween(acquiredOn, held.length === 0 ? (taking?.soldOn ?? date) : date),
    accountIds: [...new Set((held.length === 0 ? takings : held).map(({ accountId }) => accountId))],
    terms: [...new Set(termsOf(held, takings, date, options))],
    takings,
  }
}

function termsOf(held: readonly Lot[], takings: readonly RealisedRow[], date: PlainDate, { method }: GainOptions): HoldingTerm[] {
  if (method === 'average-cost') return []
  if (held.length === 0) return takings.flatMap(({ term }) => term ?? [])
  return held.map(({ acquiredOn, units }) => (units.isNegative() ? 'short' : holdingTerm(acquiredOn, date)))
}

function byAge(a: LotHistory, b: LotHistory): number {
  if (a.acquiredOn !== b.acquiredOn) return a.acquiredOn < b.acquiredOn ? -1 : 1
  const [one, other] = [`${a.instrumentId} ${a.lotId}`, `${b.instrumentId} ${b.lotId}`]
  return one < other ? -1 : one > other ? 1 : 0
}
