/**
 * Which units leave first: the oldest, the youngest, those with the highest cost per unit, or none in particular because every unit has
 * the average cost. Lots that a person chose leave before (specific identification).
 */
export const costMethods = ['fifo', 'lifo', 'hifo', 'average-cost'] as const

export type CostMethod = (typeof costMethods)[number]

/** Whether a sale takes lots of its own account only, or of all the accounts of a portfolio. */
export const lotScopes = ['account', 'portfolio'] as const

export type LotScope = (typeof lotScopes)[number]

/** An average is one of all accounts unless a person says otherwise; the other methods run per account. */
export function usualLotScope(method: CostMethod): LotScope {
  return method === 'average-cost' ? 'portfolio' : 'account'
}
