import { addMonths, type PlainDate } from '../time/plain-date.ts'

export const holdingTerms = ['short', 'long'] as const

export type HoldingTerm = (typeof holdingTerms)[number]

/**
 * `long` only after the anniversary of the purchase: what was bought exactly one year before is still short. The anniversary of a
 * 29 February is 28 February in a common year, so that 1 March is long.
 */
export function holdingTerm(acquiredOn: PlainDate, soldOn: PlainDate): HoldingTerm {
  return soldOn > addMonths(acquiredOn, 12) ? 'long' : 'short'
}
