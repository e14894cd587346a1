import fc from 'fast-check'
import type { AppliedAction } from '../actions/corporate-action.ts'
import { entriesOf, withActions } from '../actions/with-actions.ts'
import { inOrder } from '../ledger/order.ts'
import { unitMovement } from '../ledger/postings.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { UnitCounts } from '../ledger/unit-counts.ts'
import { type Currency, currency, quoteUnit } from '../money/currency.ts'
import { CloseSeries } from '../prices/close-series.ts'
import { RateTable } from '../prices/rate-table.ts'
import { dateOfDay } from '../time/plain-date.ts'
import { Book } from '../valuation/book.ts'
import { Chance } from './chance.fixture.ts'
import { drawOf } from './draw.fixture.ts'
import { actionDrawn } from './random-action.fixture.ts'
import { eventDrawn, type Sizes } from './random-event.fixture.ts'
import { firstDay, instruments, lastDay } from './world.fixture.ts'

/** A valid book with everything that can happen to one: what is recorded, in order, and the corporate actions that apply to it. */
export interface RandomLedger {
  readonly recorded: readonly LedgerTransaction[]
  readonly actions: readonly AppliedAction[]
  /** The ledger as it is read. */
  readonly entries: readonly LedgerTransaction[]
  readonly closes: readonly { readonly id: string; readonly unit: string; readonly points: readonly Point[] }[]
  readonly rates: readonly { readonly base: string; readonly quote: string; readonly points: readonly Point[] }[]
  /** For choices of a property that belong to this book. */
  readonly chance: Chance
}

export interface Point {
  readonly day: number
  readonly value: string
}

export interface Wishes {
  readonly sizes?: Sizes
  /** From the day after this one on nothing comes from outside and nothing leaves. */
  readonly noFlowsAfter?: number
  readonly withoutActions?: boolean
}

const most = 200

/**
 * Books of up to 200 events. Each event grows from one number, so that a counter-example shrinks by leaving events out; what would not be
 * allowed when its turn comes (a sale of what is not there) is left out too.
 */
export function randomLedger(wishes: Wishes = {}): fc.Arbitrary<RandomLedger> {
  const seed = fc.noShrink(fc.integer({ min: 0, max: 0xffffffff }))
  const lengths = fc.oneof({ weight: 3, arbitrary: fc.constant(30) }, { weight: 2, arbitrary: fc.constant(80) }, fc.constant(most))
  return lengths.chain((maxLength) =>
    fc
      .record({ market: seed, events: fc.array(seed, { minLength: 1, maxLength, size: 'max' }) })
      .map(({ market, events }) => ledgerOf(market, events, wishes)),
  )
}

/** The book that these numbers stand for. */
export function ledgerOf(market: number, events: readonly number[], wishes: Wishes = {}): RandomLedger {
  const chance = new Chance(market)
  const sizes = wishes.sizes ?? (chance.percent(15) ? 'extreme' : 'ordinary')
  const draws = events.map((seed, at) => drawOf(seed, at))
  const counts = new UnitCounts()
  const recorded: LedgerTransaction[] = []
  const actions: AppliedAction[] = []
  for (const draw of [...draws].sort((a, b) => a.day - b.day || Number(b.isAction) - Number(a.isAction))) {
    if (!draw.isAction) continue
    if (!wishes.withoutActions) actions.push(actionDrawn(draw))
  }
  const waiting = [...actions]
  const apply = (upTo: string): void => {
    for (let action = waiting[0]; action && action.exDate <= upTo; action = waiting[0]) {
      waiting.shift()
      for (const choice of action.accounts) {
        const held = counts.unitsIn(choice.accountId, action.instrumentId)
        if (!held.isZero()) for (const entry of entriesOf(action, choice, held)) counts.apply(entry)
      }
    }
  }
  const opened = new Map<string, string[]>()
  for (const draw of inOrder(draws.filter(({ isAction }) => !isAction))) {
    apply(draw.date)
    const flows = wishes.noFlowsAfter === undefined || draw.day <= wishes.noFlowsAfter
    for (const entry of eventDrawn(draw, { counts, opened, sizes, flows })) {
      counts.apply(entry)
      recorded.push(entry)
      if (unitMovement(entry) === 'in') opened.set(entry.instrumentId ?? '', [...(opened.get(entry.instrumentId ?? '') ?? []), entry.id])
    }
  }
  const series = (digits: number, places: number): Point[] => {
    const points = [{ day: firstDay - 1, value: chance.decimal(digits, digits * 40, places).toString() }]
    for (let day = firstDay + chance.below(4); day <= lastDay; day += 1 + chance.below(9))
      points.push({ day, value: chance.decimal(digits, digits * 40, places).toString() })
    return points
  }
  const rate = (base: string, quote: string, around: number, places: number) => {
    const points = series(1, 0).map(({ day }) => ({ day, value: chance.decimal(around * 0.8, around * 1.2, places).toString() }))
    return { base, quote, points }
  }
  return {
    recorded,
    actions,
    entries: withActions(recorded, actions),
    closes: instruments.map(({ id, unit }) => ({ id, unit, points: series(1000, chance.of([2, 2, 2, 4])) })),
    rates: [rate('EUR', 'USD', 11_000, 4), rate('EUR', 'JPY', 16_000, 2), rate('GBP', 'USD', 125_000, 5), rate('KWD', 'USD', 32_500, 4)],
    chance,
  }
}

/** The book as finance reads it; by default with its actions. */
export function bookOf(ledger: RandomLedger, transactions: Iterable<LedgerTransaction> = ledger.entries): Book {
  const dated = (points: readonly Point[]) => points.map(({ day, value }) => ({ date: dateOfDay(day), value }))
  return new Book({
    transactions,
    closes: new Map(ledger.closes.map(({ id, unit, points }) => [id, new CloseSeries(id, quoted(unit), dated(points))])),
    rates: new RateTable(ledger.rates.map(({ base, quote, points }) => ({ base, quote, points: dated(points) }))),
    currencyOf: currencyOfInstrument,
  })
}

export function quoted(unit: string) {
  const found = quoteUnit(unit)
  if (!found) throw new RangeError(unit)
  return found
}

const currencies = new Map<string, Currency>(instruments.map(({ id, unit }) => [id, quoted(unit).currency]))

export function currencyOfInstrument(id: string): Currency {
  return currencies.get(id) ?? currency('EUR')
}
