import { convertedStep } from '../explain/converted-step.ts'
import { rounded, step } from '../explain/steps.ts'
import { type Explained, given, type Trail, unknownLeaf, type Warning } from '../explain/trail.ts'
import { moneyPostings, unitPostings } from '../ledger/postings.ts'
import { digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { addDays, type PlainDate } from '../time/plain-date.ts'
import type { Book, ViewOptions } from './book.ts'
import { inScope, type Scope } from './scope.ts'
import { type CashValue, marketValueOf, type PositionValue, quotedValueOf, type ScopeValue, valueOn } from './value.ts'

/** What a scope is worth on a day, down to the transactions, closes and rates that it rests on. */
export function explainValue(book: Book, scope: Scope, date: PlainDate, options: ViewOptions): Explained<Known<Decimal>> {
  const worth = valueOn(book, scope, date, options)
  const parts = [
    ...worth.balances.map((balance) => cashTrail(balance, book, date, options)),
    ...worth.positions.map((position) => positionTrail(position, book, scope, date, options)),
  ]
  const trail = step('value', 'sum', parts, { unit: options.currency, stated: worth.value })
  return { value: worth.value, trail, warnings: warningsOf(worth) }
}

/** The cash of a scope on a day, balance by balance; nothing in the scope of an instrument. */
export function explainCash(book: Book, scope: Scope, date: PlainDate, options: ViewOptions): Explained<Known<Decimal>> {
  const worth = valueOn(book, scope, date, options)
  const balances = worth.balances.map((balance) => cashTrail(balance, book, date, options))
  const trail = step('cash', 'sum', balances, { unit: options.currency, stated: worth.cash })
  return { value: worth.cash, trail, warnings: warningsOf(worth) }
}

/** What is stale or missing behind a value. */
export function warningsOf(worth: ScopeValue): Warning[] {
  const warnings: Warning[] = []
  for (const { instrumentId, price, marketValue, units } of worth.positions) {
    if (units.isZero()) continue
    if (!price.known) warnings.push({ code: 'missing-close', detail: price.detail, instrumentId, date: worth.date })
    else if (price.stale)
      warnings.push({
        code: 'stale-close',
        detail: `the close of ${instrumentId} is of ${price.date}`,
        instrumentId,
        date: price.date ?? undefined,
      })
    if (price.known) warnings.push(...rateWarnings(marketValue, price.stale ? price.date : null, worth.date, instrumentId))
  }
  for (const balance of worth.balances) warnings.push(...rateWarnings(balance.value, null, worth.date))
  return warnings
}

function rateWarnings(value: Known<Decimal>, closeDate: PlainDate | null, date: PlainDate, instrumentId?: string): Warning[] {
  if (!value.known) return value.reason === 'missing-rate' ? [{ code: 'missing-rate', detail: value.detail, instrumentId, date }] : []
  if (!value.stale || value.date === null || value.date === closeDate) return []
  return [{ code: 'stale-rate', detail: `a rate is of ${value.date}`, instrumentId, date: value.date }]
}

/** The value of a cash balance: its postings, converted. */
export function cashTrail(balance: CashValue, book: Book, date: PlainDate, options: ViewOptions): Trail {
  const converter = book.converter(options)
  const moves: Trail[] = []
  for (const entry of book.between(null, date)) {
    const legs = moneyPostings(entry, converter)
    const source = { kind: 'transaction', id: entry.id, date: entry.date } as const
    if (!legs.known) {
      if ((entry.cashAccountId ?? entry.accountId) === balance.accountId && entry.cashCurrency === balance.currency)
        moves.push(unknownLeaf('cash.moved', legs.reason, { unit: balance.currency, source }))
      continue
    }
    for (const leg of legs.value)
      if (leg.book === 'cash' && leg.accountId === balance.accountId && leg.unit === balance.currency)
        moves.push(given('cash.moved', leg.amount.toString(), { unit: leg.unit, source }))
  }
  const amount = step('cash.balance', 'sum', moves, { unit: balance.currency, stated: balance.amount })
  const way = { from: balance.currency, to: options.currency, date, stated: balance.value }
  const source = { kind: 'account', id: balance.accountId, detail: balance.currency } as const
  return { ...convertedStep(converter, { figure: 'cash.value', amount, ...way }), source }
}

/** The market value of a position: units × close, converted. */
export function positionTrail(position: PositionValue, book: Book, scope: Scope, date: PlainDate, options: ViewOptions): Trail {
  return { ...pricedTrail(position, heldTrail(position, book, scope, date), book, date, options), source: sourceOf(position) }
}

/** The market value of the units of a day at the close of the day before, converted at the rate of the day. */
export function closeBeforeTrail(position: PositionValue, book: Book, scope: Scope, date: PlainDate, options: ViewOptions): Trail {
  const { instrumentId, units } = position
  const [before, atRateOfTheDay] = [addDays(date, -1), { ...options, closingDay: date }]
  const price = book.priceOn(instrumentId, before, atRateOfTheDay)
  const quotedValue = quotedValueOf(instrumentId, units, book, before, atRateOfTheDay)
  const marketValue = marketValueOf(instrumentId, units, book, before, atRateOfTheDay)
  const then = { instrumentId, units, price, quotedValue, marketValue }
  const trail = pricedTrail(then, heldTrail(position, book, scope, date), book, before, atRateOfTheDay)
  return { ...trail, figure: 'position.valueAtCloseBefore', source: sourceOf(position) }
}

function sourceOf({ instrumentId }: Pick<PositionValue, 'instrumentId'>) {
  return { kind: 'instrument', id: instrumentId } as const
}

function heldTrail({ instrumentId, units }: PositionValue, book: Book, scope: Scope, date: PlainDate): Trail {
  return step('position.units', 'sum', unitMoves(instrumentId, book, scope, date), { unit: 'units', stated: units })
}

function pricedTrail(position: Omit<PositionValue, 'holdings'>, held: Trail, book: Book, date: PlainDate, options: ViewOptions): Trail {
  const { instrumentId, units, price, quotedValue, marketValue } = position
  const converter = book.converter(options)
  if (units.isZero()) return step('position.marketValue', 'product', [held], { unit: options.currency, stated: marketValue })
  if (!price.known || !quotedValue.known) {
    const close = unknownLeaf('position.close', price.known ? '' : price.reason, { source: { kind: 'close', id: instrumentId, date } })
    return step('position.marketValue', 'product', [held, close], { unit: options.currency, stated: marketValue })
  }
  const { perUnit, quoted } = price.value
  const source = { kind: 'close', id: instrumentId, date: price.date ?? date } as const
  const close = given('position.close', perUnit.toString(), { unit: quoted.currency, source })
  const product = step('position.exactValue', 'product', [held, close], { unit: quoted.currency })
  const hundredths = given('quoteUnits', quoted.perCurrency.toString(), { source: { kind: 'setting', detail: 'quote units per currency' } })
  const exact =
    quoted.perCurrency === Decimal.one ? product : step('position.exactValue', 'quotient', [product, hundredths], { unit: quoted.currency })
  const places = converter.rounding === 'minorUnit' ? digitsOf(quoted.currency) : null
  const amount = rounded(exact, 'position.quotedValue', places, { unit: quoted.currency, stated: quotedValue.value.amount })
  const way = { from: quoted.currency, to: options.currency, date, stated: marketValue }
  return convertedStep(converter, { figure: 'position.marketValue', amount, ...way })
}

function unitMoves(instrumentId: string, book: Book, scope: Scope, date: PlainDate): Trail[] {
  const moves: Trail[] = []
  for (const entry of book.between(null, date)) {
    if (entry.instrumentId !== instrumentId && entry.into?.instrumentId !== instrumentId) continue
    for (const leg of unitPostings(entry))
      if (leg.book === 'units' && leg.unit === instrumentId && inScope(scope, leg.accountId))
        moves.push(
          given('units.moved', leg.amount.toString(), { unit: 'units', source: { kind: 'transaction', id: entry.id, date: entry.date } }),
        )
  }
  return moves
}
