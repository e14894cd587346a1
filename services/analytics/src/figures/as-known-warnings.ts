import type { FigureScope } from '../scopes/figure-scope.ts'
import type { FigureWarning } from './stale-warnings.ts'

/** Of a book as it was known at a moment: what of the figure is nevertheless of today. */
export function asKnownWarnings({ knownAt }: Pick<FigureScope, 'knownAt'>): FigureWarning[] {
  if (knownAt === undefined) return []
  const detail = `Transactions are as they were known at ${knownAt}; closes, rates and the portfolio itself are as they are known now.`
  return [{ code: 'prices-as-known-now', facts: { knownAt }, detail }]
}
