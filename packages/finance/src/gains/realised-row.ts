import type { Disposal } from '../lots/lot-book.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { HoldingTerm } from './holding-term.ts'

/** `sale`: units left. `cover`: units came back that were owed. `capital`: cash for units that stay (a return of capital, a merger). */
export type ClosingKind = 'sale' | 'cover' | 'capital'

/** One lot, or a part of it, that a sale closed. Amounts in the currency of the view; of a cover proceeds and cost are negative. */
export interface RealisedRow {
  readonly kind: ClosingKind
  /** The sale, and the place of the lot among those that it closed. */
  readonly transactionId: string
  readonly place: number
  readonly accountId: string
  readonly instrumentId: string
  /** Units closed, never negative; 0 where only capital came back. */
  readonly units: Decimal
  /** The purchase; null for what was held when the period began. */
  readonly lotId: string | null
  readonly acquiredOn: PlainDate
  readonly soldOn: PlainDate
  readonly proceeds: Known<Decimal>
  readonly cost: Known<Decimal>
  readonly gain: Known<Decimal>
  /** The currency's part of the gain. */
  readonly currencyGain: Known<Decimal>
  /** Calendar days from purchase to sale. */
  readonly days: number
  /** Null where the day of purchase is not known: an average, or what was held when the period began. A cover is short. */
  readonly term: HoldingTerm | null
  /** Units of this loss that were bought again within 30 days before or after: some tax laws put such a loss off. */
  readonly washSaleUnits: Decimal
  /** What this row is a part of. */
  readonly sale: Disposal
}
