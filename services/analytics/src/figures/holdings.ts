import type { Call } from '@pe/contracts/actor.ts'
import type { Holding, Holdings } from '@pe/contracts/analytics.ts'
import type { MoneyFigure, RatioFigure } from '@pe/contracts/scalars.ts'
import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import type { Decimal } from '@pe/finance/money/decimal.ts'
import { certain, type Known } from '@pe/finance/prices/known.ts'
import { minusKnown, sumKnown } from '@pe/finance/prices/known-sum.ts'
import { dayNumber, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { type FigureScope, lotOptions, scopeOfFinance } from '../scopes/figure-scope.ts'
import { cashTrails, holdingsTrails, holdingTrails } from '../trails/holdings-trails.ts'
import { trailNames } from '../trails/trail-names.ts'
import { accountNames } from './account-names.ts'
import { asKnownWarnings } from './as-known-warnings.ts'
import { type HoldingValue, holdingValues } from './holding-values.ts'
import { moneyFigure, shareFigure } from './known-figure.ts'
import { carriedTooLong } from './stale-warnings.ts'

export interface HoldingsQuery {
  readonly asOf?: PlainDate | undefined
  readonly rounding?: 'minorUnit' | 'none' | undefined
  readonly explain?: boolean | undefined
}

/** What a portfolio holds on a day: instruments and cash, what they cost and what they are worth. */
export async function holdings(deps: Deps, call: Call, scope: FigureScope, query: HoldingsQuery): Promise<Holdings> {
  const book = await deps.books.read(call, scope.accountIds, scope.currency, scope.knownAt)
  const today = deps.clock.today(call.actor.timeZone)
  const asOf = query.asOf !== undefined && query.asOf < today ? query.asOf : today
  const { currency, costMethod, lotScope } = scope
  const options: GainOptions = { ...lotOptions(scope), rounding: query.rounding ?? 'minorUnit' }
  const part = scopeOfFinance(scope)
  const { holdings: held, worth } = holdingValues(book, part, asOf, options)
  const balances = worth.balances.filter(({ amount }) => !amount.known || !amount.value.isZero())
  const parts = [...held.map(({ value }) => value), ...balances.map(({ value }) => value)]
  const knownValue = sumKnown(parts.filter((part) => part.known))
  const money = (amount: Known<Decimal>): MoneyFigure => moneyFigure(book, amount, currency)
  const weight = (value: Known<Decimal>): RatioFigure => shareFigure(book, value, knownValue, 'nothing-held')
  const cost = sumKnown(held.map((holding) => holding.cost))
  const names = await accountNames(
    deps,
    call,
    balances.map(({ accountId }) => accountId),
  )
  const explained = query.explain ? await trailNames(deps, call, book) : null
  return {
    asOf,
    currency,
    costMethod,
    lotScope,
    holdings: held.map((holding) => ({
      ...holdingFigures(book, holding, currency, weight(holding.value)),
      ...(explained ? { trails: explained.ofAll(holdingTrails(book, part, holding, knownValue, asOf, options)) } : {}),
    })),
    cash: balances.map((balance) => ({
      accountId: balance.accountId,
      account: names.get(balance.accountId) ?? balance.accountId,
      balance: balance.amount.known ? balance.amount.value.toString() : null,
      balanceCurrency: balance.currency,
      value: money(balance.value),
      weight: weight(balance.value),
      ...(explained ? { trails: explained.ofAll(cashTrails(book, balance, knownValue, asOf, options)) } : {}),
    })),
    totals: {
      cost: money(cost),
      marketValue: money(worth.marketValue),
      cash: money(worth.cash),
      value: money(worth.value),
      unrealisedGain: money(minusKnown(worth.marketValue, cost)),
      dayChange: money(sumKnown(held.map((holding) => holding.dayChange))),
    },
    unknownCount: parts.filter((part) => !part.known).length,
    partialValue: worth.value.known ? null : knownValue.known ? knownValue.value.toString() : null,
    warnings: [
      ...asKnownWarnings(scope),
      ...carriedTooLong(
        book,
        held.map(({ instrument }) => instrument.id),
        currency,
        dayNumber(asOf),
      ),
    ],
    ...(explained ? { trails: explained.ofAll(holdingsTrails(book, part, held, worth, asOf, options)) } : {}),
  }
}

function holdingFigures(book: LoadedBook, holding: HoldingValue, currency: GainOptions['currency'], weight: RatioFigure): Holding {
  const { instrument, units, price, cost, value, gain, dayChange, valueAtCloseBefore } = holding
  const money = (amount: Known<Decimal>): MoneyFigure => moneyFigure(book, amount, currency)
  const invested = cost.known ? certain(cost.value.abs()) : cost
  return {
    instrumentId: instrument.id,
    instrument: instrument.name,
    symbol: instrument.symbol,
    instrumentCurrency: instrument.currency,
    generated: instrument.generated,
    units: units.toString(),
    price: price.known ? price.value.perUnit.toString() : null,
    priceUnit: instrument.quoteUnit,
    priceDate: price.known ? price.date : null,
    cost: money(cost),
    value: money(value),
    unrealisedGain: money(gain),
    unrealisedGainRatio: shareFigure(book, gain, invested, 'nothing-held'),
    dayChange: money(dayChange),
    dayChangeRatio: shareFigure(book, dayChange, valueAtCloseBefore, 'nothing-held'),
    weight,
  }
}
