import type { RatioFigure } from '@pe/contracts/scalars.ts'
import { step } from '@pe/finance/explain/steps.ts'
import { type Trail, unknownLeaf } from '@pe/finance/explain/trail.ts'
import { explainCost } from '@pe/finance/gains/explain-gains.ts'
import { explainProfit } from '@pe/finance/gains/explain-profit.ts'
import { explainStatement } from '@pe/finance/gains/explain-statement.ts'
import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { PeriodSeries, ReturnsOfPeriod } from '../figures/returns-of-period.ts'
import type { RiskFigures } from '../figures/risk-figures.ts'
import { returnTrails } from './return-trails.ts'
import { riskTrails } from './risk-trails.ts'
import { share } from './share.ts'
import type { Trails } from './trail-names.ts'

/** The figures of a period that trails are told of. */
export interface ExplainedPeriod {
  readonly of: PeriodSeries
  readonly returns: ReturnsOfPeriod
  readonly simpleReturn: RatioFigure
  readonly risk: RiskFigures
}

/** How each figure of a period came about. */
export function performanceTrails({ book }: LoadedBook, scope: Scope, period: ExplainedPeriod, options: GainOptions): Trails {
  const { from, to } = period.of.period
  const { trail: statement, lines } = explainStatement(book, scope, from, to, options)
  const { openingValue, closingValue, flows, taxes, ...ofStatement } = lines
  const trails: Trails = {
    openingValue,
    closingValue,
    flows,
    profit: explainProfit(book, scope, from, to, options).trail,
    ...returnTrails(period.of, period.returns),
    ...riskTrails(book, scope, period.of, period.risk, options),
    simpleReturn: simpleReturnTrail(closingValue, openingValue, flows, period.simpleReturn),
  }
  if (scope.instrumentId === undefined) return { ...trails, ...ofStatement, ...(taxes ? { taxes } : {}), statement }
  const purchase = { basis: 'purchase', from: null, to } as const
  return {
    ...trails,
    cost: explainCost(book, scope, purchase, options).trail,
    costWithTaxes: explainCost(book, scope, purchase, { ...options, taxes: 'included' }).trail,
  }
}

/** What was gained over what was put to work: the opening value and all that was paid in. */
function simpleReturnTrail(closing: Trail, opening: Trail, flows: Trail, figure: RatioFigure): Trail {
  if (figure.value === null) return unknownLeaf('simpleReturn', figure.reason ?? 'nothing-held')
  const { unit } = flows
  const change = step('valueChange', 'difference', [closing, opening, flows], { unit })
  const paidIn = flows.inputs.filter(({ value }) => !String(value).startsWith('-'))
  return share('simpleReturn', change, step('invested', 'sum', [opening, step('inflows', 'sum', paidIn, { unit })], { unit }))
}
