import { costOf, type GainOptions, type LotsOfScope, lotsSincePurchase } from '@pe/finance/gains/lots-of.ts'
import type { Lot } from '@pe/finance/lots/lot.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Price } from '@pe/finance/money/price.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import { minusKnown, sumKnown } from '@pe/finance/prices/known-sum.ts'
import { addDays, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import { type PositionValue, positionValue, type ScopeValue, valueOn } from '@pe/finance/valuation/value.ts'
import type { LoadedBook, QuotedInstrument } from '../books/loaded-book.ts'

/** What one instrument is to a scope on a day, all accounts together. Exact. */
export interface HoldingValue {
  readonly instrument: QuotedInstrument
  readonly units: Decimal
  readonly price: Known<Price>
  /** By account. */
  readonly positions: readonly PositionValue[]
  readonly lots: readonly Lot[]
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
  const holdings = Array.from(
    Map.groupBy(worth.positions, ({ instrumentId }) => instrumentId),
    ([instrumentId, positions]) =>
      holdingValue(book, instrumentId, positions, { ...allLots, lots: lotsOf.get(instrumentId) ?? [] }, asOf, options),
  )
  return { holdings: holdings.sort(byValue), worth }
}

function holdingValue(
  book: LoadedBook,
  instrumentId: string,
  positions: readonly PositionValue[],
  lots: LotsOfScope,
  asOf: PlainDate,
  options: GainOptions,
): HoldingValue {
  const value = sumKnown(positions.map(({ marketValue }) => marketValue))
  const cost = costOf(lots)
  const before = addDays(asOf, -1)
  const valueAtCloseBefore = sumKnown(
    positions.map((position) => positionValue(position, book.book, before, { ...options, closingDay: asOf }).marketValue),
  )
  return {
    instrument: book.instrument(instrumentId),
    units: Decimal.sum(positions.map(({ units }) => units)),
    price: book.book.priceOn(instrumentId, asOf, options),
    positions,
    lots: lots.lots,
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
