import { step } from '@pe/finance/explain/steps.ts'
import { given, type Trail, unknownLeaf } from '@pe/finance/explain/trail.ts'
import { explainCost } from '@pe/finance/gains/explain-gains.ts'
import { explainStatement } from '@pe/finance/gains/explain-statement.ts'
import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import { digitsOf } from '@pe/finance/money/currency.ts'
import { growthCurve } from '@pe/finance/returns/time-weighted-return.ts'
import { returnsOfMarketDays, returnsOfObservedDays, tradingDaysPerYear } from '@pe/finance/statistics/volatility.ts'
import { explainFlows } from '@pe/finance/valuation/explain-flows.ts'
import { explainValue } from '@pe/finance/valuation/explain-value.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { PeriodSeries, ReturnsOfPeriod } from '../figures/returns-of-period.ts'
import type { RiskFigures } from '../figures/risk-figures.ts'
import { share, type Trails } from './holdings-trails.ts'

/** How each figure of a period came about. */
export function performanceTrails(
  { book }: LoadedBook,
  scope: Scope,
  of: PeriodSeries,
  returns: ReturnsOfPeriod,
  risk: RiskFigures,
  options: GainOptions,
): Trails {
  const { from, to } = of.period
  const unit = options.currency
  const openingValue = { ...explainValue(book, scope, from, options).trail, figure: 'openingValue' }
  const closingValue = { ...explainValue(book, scope, to, options).trail, figure: 'closingValue' }
  const flows = explainFlows(book, scope, from, to, options).trail
  const change = step('valueChange', 'difference', [closingValue, openingValue, flows], { unit })
  const trails: Trails = {
    openingValue,
    closingValue,
    flows,
    ...returnTrails(of, returns),
    ...riskTrails(of, risk),
    simpleReturn: simpleReturnTrail(change, openingValue, of, returns),
  }
  if (scope.instrumentId === undefined) {
    trails.profit = { ...change, figure: 'profit' }
    trails.statement = explainStatement(book, scope, from, to, options).trail
    return trails
  }
  const period = { basis: 'purchase', from: null, to } as const
  trails.cost = explainCost(book, scope, period, options).trail
  trails.costWithTaxes = explainCost(book, scope, period, { ...options, taxes: 'included' }).trail
  return trails
}

function returnTrails(of: PeriodSeries, { figures, cashFlows, trouble }: ReturnsOfPeriod): Trails {
  const { series, period, flowTiming } = of
  const { from, to } = period.series
  const columns = (column: Float64Array, shift = 0): number[] =>
    Array.from(
      column.subarray(from + 1 - shift - series.firstDay, to + 1 - shift - series.firstDay),
      (minor) => minor / 10 ** digitsOf(series.currency),
    )
  const twr: Trail =
    figures.twr.value === null
      ? unknownLeaf('twr', trouble?.reason ?? 'nothing-held')
      : {
          figure: 'twr',
          value: figures.twr.value,
          op: 'growth-chain',
          inputs: [],
          parameters: {
            timing: flowTiming,
            firstDay: period.from,
            opening: columns(series.value, 1),
            inflow: columns(series.inflow),
            outflow: columns(series.outflow),
            closing: columns(series.value),
          },
        }
  const { value: yearly, reason = 'under-one-year' } = figures.twrAnnualised
  const { value: rate, status } = figures.xirr
  return {
    twr,
    twrAnnualised:
      yearly === null
        ? unknownLeaf('twrAnnualised', reason)
        : { figure: 'twrAnnualised', value: yearly, op: 'annualise', inputs: [twr], parameters: { days: period.days } },
    xirr:
      rate === null
        ? unknownLeaf('xirr', figures.xirr.reason ?? status)
        : {
            figure: 'xirr',
            value: rate,
            op: 'internal-rate',
            inputs: [],
            parameters: { amounts: cashFlows.map(({ amount }) => amount), days: cashFlows.map(({ day }) => day - from) },
          },
  }
}

function riskTrails({ series, period, flowTiming }: PeriodSeries, risk: RiskFigures): Trails {
  const { from } = period.series
  const { maxDrawdown, volatility, volatilityOfPeriod } = risk
  const curve = growthCurve(series, period.series, flowTiming)
  const held = curve.findIndex((_, i) => series.value[from - series.firstDay + i] !== 0)
  const observed = returnsOfObservedDays(series, period.series, flowTiming)
  const logs = returnsOfMarketDays(series, period.series, flowTiming).map((r) => Math.log1p(r))
  const deviation = (figure: string, value: number | null, reason: string | undefined, returns: number[], scale: number): Trail =>
    value === null || returns.length < 2
      ? value === null
        ? unknownLeaf(figure, reason ?? 'too-few-observations')
        : given(figure, value)
      : { figure, value, op: 'sample-deviation', inputs: [], parameters: { returns, scale } }
  return {
    maxDrawdown:
      maxDrawdown.value === null
        ? unknownLeaf('maxDrawdown', maxDrawdown.reason ?? 'nothing-held')
        : {
            figure: 'maxDrawdown',
            value: maxDrawdown.value,
            op: 'max-drawdown',
            inputs: [],
            parameters: { curve: [...curve.subarray(Math.max(0, held))] },
          },
    volatility: deviation('volatility', volatility.value, volatility.reason, observed, tradingDaysPerYear),
    volatilityOfPeriod: deviation('volatilityOfPeriod', volatilityOfPeriod.value, volatilityOfPeriod.reason, logs, logs.length),
  }
}

/** What was gained over what was put to work: the opening value and all that was paid in. */
function simpleReturnTrail(change: Trail, opening: Trail, { series, period }: PeriodSeries, { figures }: ReturnsOfPeriod): Trail {
  if (figures.simpleReturn.value === null) return unknownLeaf('simpleReturn', figures.simpleReturn.reason ?? 'nothing-held')
  const { from, to } = period.series
  const paidIn = series.inflow.subarray(from + 1 - series.firstDay, to + 1 - series.firstDay).reduce((sum, minor) => sum + minor, 0)
  const unit = series.currency
  const invested: Trail = {
    figure: 'invested',
    value: Number(opening.value) + paidIn / 10 ** digitsOf(unit),
    unit,
    op: 'sum',
    inputs: [opening, given('inflows', paidIn / 10 ** digitsOf(unit), { unit })],
  }
  return { ...share('simpleReturn', change, invested), value: figures.simpleReturn.value }
}
