import type { QuoteUnit } from '../money/currency.ts'
import { Price } from '../money/price.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type BeforeFirst, DatedSeries, type DatedValue } from './dated-series.ts'
import { type Known, unknown, whenKnown } from './known.ts'

/** The daily closes of one instrument, in the unit they are quoted in. A close holds until the next one. */
export class CloseSeries {
  readonly instrumentId: string
  readonly quoted: QuoteUnit
  readonly #series: DatedSeries

  constructor(instrumentId: string, quoted: QuoteUnit, points: Iterable<DatedValue>) {
    this.instrumentId = instrumentId
    this.quoted = quoted
    this.#series = new DatedSeries(points)
  }

  /** The close of the day or the last one before it, with its date; unknown (`missing-close`) where there is none. */
  on(date: PlainDate, beforeFirst: BeforeFirst = 'unknown'): Known<Price> {
    const found = this.#series.on(date, beforeFirst)
    if (!found) return unknown('missing-close', `no close of ${this.instrumentId} on or before ${date}`, { name: this.instrumentId, date })
    return whenKnown(found, (close) => new Price(close, this.quoted))
  }
}
