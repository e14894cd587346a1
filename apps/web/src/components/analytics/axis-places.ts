/** Decimal places of per cent labels: one where all of a series lies within four per cent, else none. */
export function axisPlaces(values: readonly (number | null)[]): 0 | 1 {
  let [least, most] = [0, 0]
  for (const value of values) {
    if (value === null) continue
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return most - least < 0.04 ? 1 : 0
}
