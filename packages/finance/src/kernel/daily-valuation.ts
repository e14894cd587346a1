import type { Currency } from '../money/currency.ts'
import type { CloseColumn, RateColumn } from './columns.ts'
import type { Gap } from './gaps.ts'
import type { InstrumentSeries } from './instrument-series.ts'
import type { PackedLedger } from './packed-ledger.ts'

/** Which part of the ledger is looked at. With an instrument: before tax, after fees, without cash (docs/specs/returns.md). */
export interface ValuationScope {
  readonly accountIds: ReadonlySet<string>
  readonly instrumentId?: string | undefined
}

export interface ValuationOptions {
  /** `minorUnit`: half away from zero where an amount arises. `none`: doubles, exact to about 15 digits. Default `minorUnit`. */
  readonly rounding?: 'minorUnit' | 'none'
  /** What holds on a day before the first close or rate. `lastTrade` is for closes; rates then stay unknown. Default `unknown`. */
  readonly beforeFirst?: 'unknown' | 'first' | 'lastTrade'
  /** A close or rate carried for more days than this marks the figure as stale. Default 5. */
  readonly staleAfterDays?: number
}

export interface ValuationInput {
  readonly scope: ValuationScope
  /** `packLedger(transactions)`; keep it to value the same ledger again. */
  readonly ledger: PackedLedger
  /** Closes by instrument id. An empty column says in which currency an instrument without closes is told (`lastTrade`). */
  readonly closes: ReadonlyMap<string, CloseColumn>
  readonly rates: readonly RateColumn[]
  /** Currency of every figure that comes out. */
  readonly currency: Currency
  /** Day numbers, both included. */
  readonly firstDay: number
  readonly lastDay: number
  readonly options?: ValuationOptions
}

/**
 * One entry per calendar day from `firstDay`; money in minor units of `currency` (EUR: cents). With rounding `minorUnit` they are whole
 * numbers, unless the ledger itself holds amounts of that currency with more digits: those are never rounded on entry.
 */
export interface DailyValuation {
  readonly currency: Currency
  readonly firstDay: number
  readonly lastDay: number
  /** End of day: market values and cash. NaN where unknown. */
  readonly value: Float64Array
  /** Of `value`, what the instruments are worth. NaN where unknown. */
  readonly marketValue: Float64Array
  /** Of `value`, the cash; all zero in the scope of an instrument. NaN where unknown. */
  readonly cash: Float64Array
  /** External flows of the day, both positive, not netted. NaN where unknown. */
  readonly inflow: Float64Array
  readonly outflow: Float64Array
  /** 1 where value and flows of the day are known. */
  readonly known: Uint8Array
  /** 1 where a figure of the day rests on a close or rate carried for more than `staleAfterDays`. */
  readonly stale: Uint8Array
  /** How many holdings have a close of the day itself: days with none do not count for volatility. */
  readonly observed: Uint16Array
  /** Why days are unknown, by first day. */
  readonly gaps: readonly Gap[]
  /** Every instrument held on any day, by id. */
  readonly instruments: ReadonlyMap<string, InstrumentSeries>
}
