import { Decimal } from '../money/decimal.ts'
import { bothKnown, certain, type Known, type UnknownValue, unknown, whenKnown } from '../prices/known.ts'
import { minusKnown, sumKnown } from '../prices/known-sum.ts'
import { dayNumber, type PlainDate } from '../time/plain-date.ts'
import type { FlowTiming } from './flow-timing.ts'
import { type InternalRateOfReturn, internalRateOfReturn } from './internal-rate-of-return.ts'
import { type TimeWeightedReturn, timeWeightedReturn } from './time-weighted-return.ts'

/** An amount of a day; one currency throughout. */
export interface DatedDecimal {
  readonly date: PlainDate
  readonly amount: Decimal
}

/**
 * What is known of holdings that are told as a series of values rather than as transactions (a statement once a month, an account of
 * which only the holdings are kept). Entries in order of their days.
 */
export interface ValuationSeries {
  /** Worth at the end of a day, the flows of the day in it. */
  readonly values: readonly DatedDecimal[]
  /** Paid in positive; null when nobody knows what was paid in and out: then a change of value is no gain. */
  readonly flows: readonly DatedDecimal[] | null
  /** What the holdings of a day had cost. */
  readonly costs?: readonly DatedDecimal[] | undefined
}

/** value / cost − 1 on a day of the series: needs no flows. Null where the cost is 0, unknown where the day has no entry. */
export function returnOnCostOf({ values, costs = [] }: ValuationSeries, date: PlainDate): Known<Decimal | null> {
  const [value, cost] = [entryOn(values, date), entryOn(costs, date)]
  return bothKnown(value, cost, (worth, paid) => (paid.isZero() ? null : worth.ratio(paid).minus(Decimal.one)))
}

/** Value at `to` less value at `from`, both days of the series. */
export function changeOf({ values }: ValuationSeries, from: PlainDate, to: PlainDate): Known<Decimal> {
  return minusKnown(entryOn(values, to), entryOn(values, from))
}

/** The change of value less the flows of (from, to]; `flows-unknown` where they are. */
export function profitOf(series: ValuationSeries, from: PlainDate, to: PlainDate): Known<Decimal> {
  const flows = flowsWithin(series, from, to)
  if (!flows.known) return flows
  return minusKnown(changeOf(series, from, to), sumKnown(flows.value.map(({ amount }) => certain(amount))))
}

/** Time-weighted return of (from, to] as a fraction, chained from entry to entry: each with the flows since the one before. */
export function timeWeightedReturnOf(
  series: ValuationSeries,
  from: PlainDate,
  to: PlainDate,
  timing: FlowTiming = 'split',
): Known<Pick<TimeWeightedReturn, 'twr' | 'status'>> {
  const flows = flowsWithin(series, from, to)
  return whenKnown(flows, (known) => {
    const values = series.values.filter(({ date }) => date >= from && date <= to)
    const moved = (at: number, sign: 1 | -1): number => {
      const [before, entry] = [values[at - 1], values[at]]
      if (!before || !entry) return 0
      const own = known.filter(({ date, amount }) => date > before.date && date <= entry.date && amount.isNegative() === (sign === -1))
      return sign * Decimal.sum(own.map(({ amount }) => amount)).toNumber()
    }
    // The entries follow each other like days, whatever lies between them: the chain only needs their order.
    const chain = {
      firstDay: 0,
      value: Float64Array.from(values, ({ amount }) => amount.toNumber()),
      inflow: Float64Array.from(values, (_, at) => moved(at, 1)),
      outflow: Float64Array.from(values, (_, at) => moved(at, -1)),
    }
    const { twr, status } = timeWeightedReturn(chain, undefined, timing)
    return { twr, status }
  })
}

/** Money-weighted return of (from, to] per year (act/365): −opening value, flows with the sign of the investor, +closing value. */
export function rateOfReturnOf(series: ValuationSeries, from: PlainDate, to: PlainDate): Known<InternalRateOfReturn> {
  const flows = flowsWithin(series, from, to)
  if (!flows.known) return flows
  const [opening, closing] = [entryOn(series.values, from), entryOn(series.values, to)]
  return bothKnown(opening, closing, (begin, end) =>
    internalRateOfReturn([
      { day: dayNumber(from), amount: -begin.toNumber() },
      ...flows.value.map(({ date, amount }) => ({ day: dayNumber(date), amount: -amount.toNumber() })),
      { day: dayNumber(to), amount: end.toNumber() },
    ]),
  )
}

function flowsWithin({ flows }: ValuationSeries, from: PlainDate, to: PlainDate): Known<readonly DatedDecimal[]> {
  return flows ? certain(flows.filter(({ date }) => date > from && date <= to)) : flowsUnknown
}

const flowsUnknown: UnknownValue = unknown('flows-unknown', 'the holdings are known, but not what was paid in and out: a return needs both')

function entryOn(series: readonly DatedDecimal[], date: PlainDate): Known<Decimal> {
  const found = series.find((entry) => entry.date === date)
  return found ? certain(found.amount) : unknown('missing-close', `the series has no entry on ${date}`)
}
