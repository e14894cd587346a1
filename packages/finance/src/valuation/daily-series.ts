import { Decimal } from '../money/decimal.ts'
import { certain, type Known } from '../prices/known.ts'
import { dateOfDay, dayNumber, type PlainDate } from '../time/plain-date.ts'
import { Balances } from './balances.ts'
import type { Book, ViewOptions } from './book.ts'
import { type Flow, flowOf, inAndOut } from './flows.ts'
import type { Scope } from './scope.ts'
import { worthOf } from './value.ts'

/** One entry per calendar day from `firstDay`, exact: value at the end of the day with its flows in it, flows in and out apart. */
export interface ExactSeries {
  readonly firstDay: number
  readonly value: readonly Known<Decimal>[]
  readonly inflow: readonly Known<Decimal>[]
  readonly outflow: readonly Known<Decimal>[]
}

/**
 * The decimal path of a daily valuation: exact and slow (every position, every day), the truth that the fast kernel is held against.
 * The days run from `from` (its entry is the opening value) to `to`, both included.
 */
export function exactSeries(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: ViewOptions): ExactSeries {
  const [firstDay, lastDay] = [dayNumber(from), dayNumber(to)]
  const series: { value: Known<Decimal>[]; inflow: Known<Decimal>[]; outflow: Known<Decimal>[] } = { value: [], inflow: [], outflow: [] }
  const balances = new Balances(book.converter(options))
  let next = 0
  for (let day = firstDay; day <= lastDay; day++) {
    const date = dateOfDay(day)
    const flows: Flow[] = []
    for (; next < book.transactions.length; next++) {
      const entry = book.transactions[next]
      if (!entry || entry.date > date) break
      balances.apply(entry)
      const amount = entry.date === date ? flowOf(entry, book, scope, options) : null
      if (amount) flows.push({ date, transactionId: entry.id, amount })
    }
    series.value.push(worthOf(balances, book, scope, date, options).value)
    const { inflow, outflow } = flows.length > 0 ? inAndOut(flows) : none
    series.inflow.push(inflow)
    series.outflow.push(outflow)
  }
  return { firstDay, ...series }
}

const none = { inflow: certain(Decimal.zero), outflow: certain(Decimal.zero) }

/** The door to statistics: doubles, NaN where unknown. */
export function asNumbers(series: ExactSeries): { firstDay: number; value: Float64Array; inflow: Float64Array; outflow: Float64Array } {
  const column = (values: readonly Known<Decimal>[]): Float64Array =>
    Float64Array.from(values, (value) => (value.known ? value.value.toNumber() : Number.NaN))
  return { firstDay: series.firstDay, value: column(series.value), inflow: column(series.inflow), outflow: column(series.outflow) }
}
