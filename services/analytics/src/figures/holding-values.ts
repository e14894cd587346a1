import { costOf, type GainOptions, type LotsOfScope, lotsSincePurchase } from '@pe/finance/gains/lots-of.ts'
import type { Decimal } from '@pe/finance/money/decimal.ts'
import type { Price } from '@pe/finance/money/price.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import { minusKnown } from '@pe/finance/prices/known-sum.ts'
import { addDays, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import { marketValueOf, type PositionValue, type ScopeValue, valueOn } from '@pe/finance/valuation/value.ts'
import type { LoadedBook, QuotedInstrument } from '../books/loaded-book.ts'

/** What one instrument is to a scope on a day, all accounts together. Exact. */
export interface HoldingValue {
  readonly instrument: QuotedInstrument
  readonly units: Decimal
  readonly price: Known<Price>
  readonly position: PositionValue
  readonly cost: Known<Decimal>
  readonly value: Known<Decimal>
  readonly gain: Known<Decimal>
  /** The same units at the close of the day before, converted at the rate of the day. */
  readonly valueAtCloseBefore: Known<Decimal>
  readonly dayChange: Known<Decimal>
}

export interface HoldingValues {
  readonly holdings: readonly HoldingValue[]
  readonly worth: ScopeValue
}

/** What a scope holds at the end of a day, in order of value, what is unknown last. */
export function holdingValues(book: LoadedBook, scope: Scope, asOf: PlainDate, options: GainOptions): HoldingValues {
  const worth = valueOn(book.book, scope, asOf, options)
  const allLots = lotsSincePurchase(book.book, scope, asOf, options)
  const lotsOf = Map.groupBy(allLots.lots, ({ instrumentId }) => instrumentId)
  const holdings = worth.positions
    .filter(({ units }) => !units.isZero())
    .map((position) => holdingValue(book, position, { ...allLots, lots: lotsOf.get(position.instrumentId) ?? [] }, asOf, options))
  return { holdings: holdings.sort(byValue), worth }
}

function holdingValue(book: LoadedBook, position: PositionValue, lots: LotsOfScope, asOf: PlainDate, options: GainOptions): HoldingValue {
  const { instrumentId, units, price, marketValue: value } = position
  const cost = costOf(lots)
  const atRateOfTheDay = { ...options, closingDay: asOf }
  const valueAtCloseBefore = marketValueOf(instrumentId, units, book.book, addDays(asOf, -1), atRateOfTheDay)
  return {
    instrument: book.instrument(instrumentId),
    position,
    units,
    price,
    cost,
    value,
    gain: minusKnown(value, cost),
    valueAtCloseBefore,
    dayChange: minusKnown(value, valueAtCloseBefore),
  }
}

function byValue(a: HoldingValue, b: HoldingValue): number {
  if (a.value.known && b.value.known) return b.value.value.compare(a.value.value)
  return Number(b.value.known) - Number(a.value.known)
}
