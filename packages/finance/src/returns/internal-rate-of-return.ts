import type { DatedAmount } from './chained-return.ts'
import { rootsOfFlows } from './roots-of-flows.ts'

export type RateStatus =
  | 'ok'
  /** Several rates solve it: `rate` is the one nearest to 0, `roots` has them all. */
  | 'multiple_roots'
  | 'no_root'
  | 'undefined_no_sign_change'
  | 'undefined_zero_span'
  | 'undefined_all_zero'
  /** Money went in, nothing ever came out and nothing is left: −100 %. */
  | 'total_loss'

export interface InternalRateOfReturn {
  readonly status: RateStatus
  /** Per year (act/365), a fraction; null unless `ok`, `multiple_roots` or `total_loss`. */
  readonly rate: number | null
  /** All rates above −100 %, ascending. */
  readonly roots: readonly number[]
  /** ln(1 + rate); tells one-day spans apart whose rate has dozens of digits. */
  readonly logRate: number | null
  /** (1 + rate)^(span/365) − 1: what to print below a year. */
  readonly periodReturn: number | null
  /** Calendar days from the first date to the last, zero amounts included. */
  readonly spanDays: number
}

const daysPerYear = 365

/**
 * XIRR: the rate with Σ amount / (1 + rate)^(days/365) = 0 (docs/specs/returns.md; xirr-twr reference, type `xirr`).
 * @param flows in any order; paid in negative, taken out and the closing value positive; one unit of money. Same-day amounts are netted.
 */
export function internalRateOfReturn(flows: readonly DatedAmount[]): InternalRateOfReturn {
  const net = nettedByDay(flows)
  const [first, last] = [net[0], net.at(-1)]
  const spanDays = first && last ? last.day - first.day : 0
  const without = (status: RateStatus): InternalRateOfReturn => ({
    status,
    rate: null,
    roots: [],
    logRate: null,
    periodReturn: null,
    spanDays,
  })
  if (!first || !last || net.every(({ amount }) => amount === 0)) return without('undefined_all_zero')
  if (spanDays === 0) return without('undefined_zero_span')
  const [paidIn, takenOut] = [net.some(({ amount }) => amount < 0), net.some(({ amount }) => amount > 0)]
  if (paidIn && !takenOut && last.amount === 0) return { ...without('total_loss'), rate: -1 }
  if (!paidIn || !takenOut) return without('undefined_no_sign_change')

  const amounts = Float64Array.from(net, ({ amount }) => amount)
  const times = Float64Array.from(net, ({ day }) => (day - first.day) / spanDays)
  const exponents = rootsOfFlows(times, amounts)
  if (exponents.length === 0) return without('no_root')
  const nearest = exponents.reduce((best, exponent) => (Math.abs(exponent) < Math.abs(best) ? exponent : best))
  const yearly = (exponent: number) => (exponent * daysPerYear) / spanDays
  return {
    status: exponents.length > 1 ? 'multiple_roots' : 'ok',
    rate: finiteRate(yearly(nearest)),
    roots: exponents.map((exponent) => finiteRate(yearly(exponent))),
    logRate: yearly(nearest),
    periodReturn: Math.expm1(nearest),
    spanDays,
  }
}

function nettedByDay(flows: readonly DatedAmount[]): DatedAmount[] {
  const byDay = new Map<number, number>()
  for (const { day, amount } of flows) byDay.set(day, (byDay.get(day) ?? 0) + amount)
  return [...byDay].map(([day, amount]) => ({ day, amount })).sort((a, b) => a.day - b.day)
}

/** A rate past the largest double stays there: JSON has no infinity, and `logRate` keeps the truth. */
function finiteRate(logRate: number): number {
  return Math.min(Math.expm1(logRate), Number.MAX_VALUE)
}
