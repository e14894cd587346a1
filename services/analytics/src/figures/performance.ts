import type { Call } from '@pe/contracts/actor.ts'
import type { Performance } from '@pe/contracts/analytics.ts'
import type { MoneyFigure } from '@pe/contracts/scalars.ts'
import { costOf, type GainOptions, lotsSincePurchase } from '@pe/finance/gains/lots-of.ts'
import { profit } from '@pe/finance/gains/profit.ts'
import { statement } from '@pe/finance/gains/statement.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import { minusKnown } from '@pe/finance/prices/known-sum.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { figurePeriod, firstDayOf } from '../scopes/figure-period.ts'
import { type FigureScope, lotOptions, scopeOfFinance } from '../scopes/figure-scope.ts'
import { performanceTrails } from '../trails/performance-trails.ts'
import { trailNames } from '../trails/trail-names.ts'
import { askForDays } from '../valuations/ask-for-days.ts'
import { asKnownWarnings } from './as-known-warnings.ts'
import { bookOf } from './book-of.ts'
import { moneyFigure, staleness } from './known-figure.ts'
import { performanceWarnings } from './performance-warnings.ts'
import { returnsOfPeriod } from './returns-of-period.ts'
import { riskFigures } from './risk-figures.ts'
import type { AskedPeriod } from './series-for.ts'
import { simpleReturnFigure } from './simple-return-figure.ts'
import { statementFigures } from './statement-figures.ts'
import { heldAt, valueSeriesOf } from './value-series-of.ts'

export interface PerformanceQuery extends AskedPeriod {
  readonly rounding?: 'minorUnit' | 'none' | undefined
  readonly flowTiming?: FlowTiming | undefined
  readonly explain?: boolean | undefined
}

/** What a scope returned over a period, and where it came from. */
export async function performance(deps: Deps, call: Call, scope: FigureScope, query: PerformanceQuery): Promise<Performance> {
  const book = await bookOf(deps, call, scope)
  const period = figurePeriod(firstDayOf(book, scope), query, deps.clock.today(call.actor.timeZone))
  const { currency, portfolioId, accountId, instrumentId } = scope
  const { from, to, days } = period
  const rounding = query.rounding ?? 'minorUnit'
  const flowTiming = query.flowTiming ?? 'split'
  const options: GainOptions = { ...lotOptions(scope), rounding }
  const part = scopeOfFinance(scope)
  const money = (amount: Known<Decimal>): MoneyFigure => moneyFigure(book, amount, currency)

  const series = valueSeriesOf(deps, call, book, scope, period, rounding)
  const lines = statement(book.book, part, from, to, options)
  const { openingValue, closingValue, flows } = lines
  const nameOf = (id: string): string => book.parts.instruments.get(id)?.name ?? id
  const staleSince = staleness(closingValue).staleSince ?? staleness(openingValue).staleSince
  const ofPeriod = { series, period, flowTiming, nameOf, staleSince }
  const returns = returnsOfPeriod(ofPeriod)
  askForDays(deps, call, scope)
  const ofInstrument = instrumentId !== undefined
  const risk = riskFigures(ofPeriod, returns)
  const simpleReturn = simpleReturnFigure(book, lines, returns)
  const explained = query.explain ? await trailNames(deps, call, book) : null
  const trails = { of: ofPeriod, returns, simpleReturn, risk }
  return {
    from,
    to,
    days,
    currency,
    scope: { ...(portfolioId ? { portfolioId } : {}), ...(accountId ? { accountId } : {}), ...(instrumentId ? { instrumentId } : {}) },
    flowTiming,
    rounding,
    openingValue: money(openingValue),
    closingValue: money(closingValue),
    flows: money(flows),
    profit: money(ofInstrument ? profit(book.book, part, from, to, options) : minusKnown(minusKnown(closingValue, openingValue), flows)),
    simpleReturn,
    ...returns.figures,
    ...risk,
    ...(ofInstrument ? costFigures(book, scope, to, options) : { statement: statementFigures(book, lines) }),
    warnings: [...asKnownWarnings(scope), ...performanceWarnings(book, ofPeriod, heldAt(series, period.series.to), returns)],
    ...(explained ? { trails: explained.ofAll(performanceTrails(book, part, trails, options)) } : {}),
  }
}

/** What the units held at the end of a day cost: with fees, and with the taxes paid on top. */
function costFigures(book: LoadedBook, scope: FigureScope, to: PlainDate, options: GainOptions) {
  const lots = lotsSincePurchase(book.book, scopeOfFinance(scope), to, options)
  const withTaxes = lotsSincePurchase(book.book, scopeOfFinance(scope), to, { ...options, taxes: 'included' })
  return {
    cost: moneyFigure(book, costOf(lots), options.currency),
    costWithTaxes: moneyFigure(book, costOf(withTaxes), options.currency),
    units: Decimal.sum(lots.lots.map((lot) => lot.units)).toString(),
  }
}
