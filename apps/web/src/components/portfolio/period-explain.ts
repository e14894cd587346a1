import type { FigureFormat } from '../../hooks/figure-format.ts'
import type { Scope } from '../../hooks/useScope.ts'
import type { CashOf } from '../common/explain/explain-context.ts'
import type { Explainable } from '../common/Figure.tsx'

/** How to explain a figure of the period in view. */
export function periodExplain(scope: Scope, format: FigureFormat): (figure: string, title: string) => Explainable {
  const about = `${scope.name}, ${format.day(scope.from)} – ${format.day(scope.to)}, ${scope.currency}`
  return (figure, title) => ({ figure, title, about, from: { kind: 'performance', question: scope.question } })
}

/** One row of the holdings; without it the totals. */
export type HoldingOf = { readonly instrumentId: string } | { readonly cash: CashOf }

/** How to explain a figure of the holdings on the last day in view. */
export function holdingExplain(scope: Scope, format: FigureFormat): (figure: string, title: string, of?: HoldingOf) => Explainable {
  const about = `${scope.portfolio.name}, ${format.day(scope.to)}, ${scope.currency}`
  const { portfolioId, accountId, to: asOf, currency } = scope.question
  const question = { portfolioId, asOf, currency, ...(accountId ? { accountId } : {}) }
  return (figure, title, of) => ({ figure, title, about, from: { kind: 'holdings', question, ...of } })
}
