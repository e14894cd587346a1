/**
 * Which units leave first: the oldest, the youngest, those with the highest cost per unit, or none in particular because every unit has
 * the average cost. Lots that a person chose leave before (specific identification).
 */
export const costMethods = ['fifo', 'lifo', 'hifo', 'average-cost'] as const

export type CostMethod = (typeof costMethods)[number]
