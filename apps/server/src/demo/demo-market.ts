import type { NewInstrument } from '@pe/contracts/market.ts'
import { addDays, dayNumber, isWeekend, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { randomWalk, type Walk } from './random-walk.ts'

export interface DemoInstrument {
  readonly key: string
  readonly instrument: NewInstrument
  readonly walk: Walk
}

/** Names say that nothing here is real; no ISIN, so that no import can ever take one of these for a real instrument. */
function demo(
  key: string,
  instrument: Omit<NewInstrument, 'symbol'>,
  start: number,
  drift: number,
  volatility: number,
  seed: number,
): DemoInstrument {
  return { key, instrument: { ...instrument, symbol: `DEMO-${key}` }, walk: { seed, start, drift, volatility } }
}

export const demoInstruments: readonly DemoInstrument[] = [
  demo('WORLD', { name: 'Demo World Equity ETF', kind: 'etf', currency: 'EUR' }, 62, 0.09, 0.15, 11),
  demo('EUDIV', { name: 'Demo Europe Dividend ETF', kind: 'etf', currency: 'EUR' }, 28, 0.05, 0.14, 12),
  demo('BOND', { name: 'Demo Euro Bond ETF', kind: 'etf', currency: 'EUR' }, 118, 0.005, 0.045, 50),
  demo('GOLD', { name: 'Demo Gold ETC', kind: 'commodity', currency: 'EUR' }, 38, 0.09, 0.14, 14),
  demo('AUTO', { name: 'Demo Autowerke AG', kind: 'stock', currency: 'EUR' }, 54, 0.03, 0.28, 15),
  demo('ENER', { name: 'Demo Energy plc', kind: 'stock', currency: 'GBP', quoteUnit: 'GBX' }, 412, 0.07, 0.25, 45),
  demo('CHIP', { name: 'Demo Chips Inc.', kind: 'stock', currency: 'USD' }, 85, 0.24, 0.36, 17),
  demo('SOFT', { name: 'Demo Software Corp.', kind: 'stock', currency: 'USD' }, 210, 0.13, 0.25, 18),
  demo('US500', { name: 'Demo US Large Cap ETF', kind: 'etf', currency: 'USD' }, 340, 0.1, 0.17, 19),
  demo('BIOT', { name: 'Demo Biotech Inc.', kind: 'stock', currency: 'USD' }, 46, -0.18, 0.45, 20),
  demo('PHAR', { name: 'Demo Pharma SA', kind: 'stock', currency: 'CHF' }, 92, 0.04, 0.16, 21),
  demo('FOOD', { name: 'Demo Foods SA', kind: 'stock', currency: 'CHF' }, 104, 0.02, 0.14, 22),
]

const rateWalks: readonly { readonly quote: string; readonly walk: Walk }[] = [
  { quote: 'USD', walk: { seed: 48, start: 1.18, drift: -0.005, volatility: 0.07 } },
  { quote: 'CHF', walk: { seed: 32, start: 1.08, drift: -0.022, volatility: 0.045 } },
  { quote: 'GBP', walk: { seed: 46, start: 0.9, drift: -0.006, volatility: 0.055 } },
]

/** What the made-up markets did: closes in cents (pence for GBX) and rates against the euro, on every weekday. */
export class DemoMarket {
  readonly days: readonly PlainDate[]
  readonly #closes: ReadonlyMap<string, readonly number[]>
  readonly #rates: ReadonlyMap<string, readonly number[]>
  readonly #placeOf: ReadonlyMap<PlainDate, number>

  /** From the first day to the last, both included. */
  constructor(first: PlainDate, last: PlainDate) {
    const days: PlainDate[] = []
    for (let day = first; day <= last; day = addDays(day, 1)) if (!isWeekend(dayNumber(day))) days.push(day)
    this.days = days
    this.#placeOf = new Map(days.map((day, at) => [day, at]))
    const cents = (walk: Walk) => randomWalk(walk, days.length).map((value) => Math.round(value * 100))
    this.#closes = new Map(demoInstruments.map(({ key, walk }) => [key, cents(walk)]))
    this.#rates = new Map(
      rateWalks.map(({ quote, walk }) => [quote, randomWalk(walk, days.length).map((value) => Math.round(value * 10_000))]),
    )
  }

  /** In hundredths of the quote unit. */
  closeOn(key: string, day: PlainDate): number {
    return valueAt(this.#closes.get(key), this.#placeOf.get(day))
  }

  /** 1 EUR in ten-thousandths of the currency. */
  euroIn(quote: string, day: PlainDate): number {
    return quote === 'EUR' ? 10_000 : valueAt(this.#rates.get(quote), this.#placeOf.get(day))
  }

  closes(key: string): [PlainDate, string][] {
    return this.days.map((day) => [day, (this.closeOn(key, day) / 100).toFixed(2)])
  }

  rates(): { date: PlainDate; base: string; quote: string; rate: string }[] {
    return rateWalks.flatMap(({ quote }) =>
      this.days.map((date) => ({ date, base: 'EUR', quote, rate: (this.euroIn(quote, date) / 10_000).toFixed(4) })),
    )
  }
}

function valueAt(values: readonly number[] | undefined, place: number | undefined): number {
  const value = place === undefined ? undefined : values?.[place]
  if (value === undefined) throw new RangeError('the demo market was closed on that day')
  return value
}
