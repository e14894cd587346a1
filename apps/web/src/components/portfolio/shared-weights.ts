/**
 * Weights rounded to hundredths of a per cent so that the column shows 100.00: what rounding down leaves over goes to those with
 * the largest remainder. Answers fractions; null stays null and shares nothing.
 */
export function sharedWeights(weights: readonly (number | null)[]): (number | null)[] {
  const units = 10_000
  const known = weights.flatMap((weight, at) => (weight === null ? [] : [{ at, exact: weight * units }]))
  const total = known.reduce((sum, { exact }) => sum + exact, 0)
  // Weights that are not meant to make a whole (a filtered list, say) are rounded by themselves.
  if (Math.abs(total - units) > 1) return weights.map((weight) => (weight === null ? null : Math.round(weight * units) / units))
  const floors = known.map(({ at, exact }) => ({ at, floor: Math.floor(exact), rest: exact - Math.floor(exact) }))
  const left = units - floors.reduce((sum, { floor }) => sum + floor, 0)
  const lifted = new Set(
    [...floors]
      .sort((a, b) => b.rest - a.rest)
      .slice(0, left)
      .map(({ at }) => at),
  )
  const rounded = new Map(floors.map(({ at, floor }) => [at, (floor + (lifted.has(at) ? 1 : 0)) / units]))
  return weights.map((weight, at) => (weight === null ? null : (rounded.get(at) ?? null)))
}
