import type { Currency } from '../money/currency.ts'
import { digitsOf } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { dateOfDay } from '../time/plain-date.ts'
import { Balances } from '../valuation/balances.ts'
import type { Book, ViewOptions } from '../valuation/book.ts'
import { flowOf } from '../valuation/flows.ts'
import type { Scope } from '../valuation/scope.ts'
import { worthOf } from '../valuation/value.ts'
import type { DailyValuation } from './daily-valuation.ts'
import { type Gap, mergedGaps } from './gaps.ts'
import type { InstrumentSeries } from './instrument-series.ts'

/**
 * The same valuation by decimals, for books whose amounts the kernel refuses (`KernelOverflow`): exact until the last step, where each
 * figure becomes the nearest double, and a hundred times slower. Days are numbers, both included.
 */
export function valueByDecimals(book: Book, scope: Scope, firstDay: number, lastDay: number, options: ViewOptions): DailyValuation {
  const minorUnits = 10 ** digitsOf(options.currency)
  const asNumber = (amount: Known<Decimal>): number => (amount.known ? amount.value.toNumber() * minorUnits : Number.NaN)
  const doubles = () => new Float64Array(lastDay - firstDay + 1)
  const [value, marketValue, cash, inflow, outflow] = [doubles(), doubles(), doubles(), doubles(), doubles()]
  const [known, stale, observed] = [new Uint8Array(value.length), new Uint8Array(value.length), new Uint16Array(value.length)]
  const gaps: Gap[] = []
  const series = new Map<string, SeriesOfInstrument>()
  const balances = new Balances(book.converter(options))
  let next = 0
  for (let day = firstDay; day <= lastDay; day++) {
    const [date, at] = [dateOfDay(day), day - firstDay]
    const missing = (amount: Known<unknown>, of: string): void => {
      if (!amount.known) gaps.push({ reason: amount.reason === 'missing-close' ? 'missing-close' : 'missing-rate', of, from: day, to: day })
      else if (amount.stale) stale[at] = 1
    }
    for (let entry = book.transactions[next]; entry && entry.date <= date; entry = book.transactions[++next]) {
      balances.apply(entry)
      const flow = entry.date === date ? flowOf(entry, book, scope, options) : null
      if (!flow) continue
      missing(flow, flow.known || flow.reason !== 'missing-close' ? pair(entry.currency, options.currency) : (entry.instrumentId ?? ''))
      const amount = asNumber(flow)
      if (!(amount <= 0)) inflow[at] = (inflow[at] as number) + amount
      if (!(amount >= 0)) outflow[at] = (outflow[at] as number) - amount
    }
    const worth = worthOf(balances, book, scope, date, options)
    for (const balance of worth.balances) missing(balance.value, pair(balance.currency, options.currency))
    for (const { instrumentId, units, price, marketValue: position } of worth.positions) {
      if (units.isZero()) continue
      const own = series.get(instrumentId) ?? new SeriesOfInstrument(instrumentId, day, lastDay)
      series.set(instrumentId, own)
      const of = price.known ? pair(price.value.quoted.currency, options.currency) : instrumentId
      missing(position, of)
      const close = book.closes.get(instrumentId)?.on(date)
      const fresh = close?.known === true && close.date === date
      if (fresh) observed[at] = (observed[at] as number) + 1
      own.add(day, asNumber(position), position.known && position.stale, fresh, position.known ? null : (gaps.at(-1) ?? null))
    }
    value[at] = asNumber(worth.value)
    marketValue[at] = asNumber(worth.marketValue)
    cash[at] = asNumber(worth.cash)
    known[at] = Number.isNaN((value[at] as number) + (inflow[at] as number) + (outflow[at] as number)) ? 0 : 1
  }
  const instruments = new Map([...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, own]) => [id, own.finished()]))
  const figures = { value, marketValue, cash, inflow, outflow, known, stale, observed }
  return { currency: options.currency, firstDay, lastDay, ...figures, gaps: mergedGaps(gaps), instruments }
}

/** The days of one instrument as they come, from the first to the last on which it is held. */
class SeriesOfInstrument {
  readonly #instrumentId: string
  readonly #firstDay: number
  readonly #values: Float64Array
  readonly #stale: Uint8Array
  readonly #observed: Uint8Array
  readonly #gaps: Gap[] = []
  #lastHeld: number

  constructor(instrumentId: string, firstDay: number, lastDay: number) {
    this.#instrumentId = instrumentId
    this.#firstDay = firstDay
    this.#lastHeld = firstDay
    this.#values = new Float64Array(lastDay - firstDay + 1)
    this.#stale = new Uint8Array(this.#values.length)
    this.#observed = new Uint8Array(this.#values.length)
  }

  add(day: number, value: number, stale: boolean, observed: boolean, gap: Gap | null): void {
    this.#lastHeld = day
    this.#values[day - this.#firstDay] = value
    this.#stale[day - this.#firstDay] = stale ? 1 : 0
    this.#observed[day - this.#firstDay] = observed ? 1 : 0
    if (gap) this.#gaps.push(gap)
  }

  finished(): InstrumentSeries {
    const length = this.#lastHeld - this.#firstDay + 1
    const [values, stale, observed] = [this.#values.slice(0, length), this.#stale.slice(0, length), this.#observed.slice(0, length)]
    const gaps = mergedGaps(this.#gaps)
    return { instrumentId: this.#instrumentId, firstDay: this.#firstDay, values, stale, observed, anyStale: stale.includes(1), gaps }
  }
}

function pair(from: Currency, to: Currency): string {
  return `${from}/${to}`
}
