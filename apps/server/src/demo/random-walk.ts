import { normals, seededChance } from './random.ts'

export interface Walk {
  readonly seed: number
  /** Where it begins. */
  readonly start: number
  /** Expected growth a year: 0.08 is 8 %. */
  readonly drift: number
  /** Of yearly returns. */
  readonly volatility: number
}

const daysOfYear = 260

/** One value per weekday: a geometric random walk, never below a hundredth of its start. */
export function randomWalk({ seed, start, drift, volatility }: Walk, days: number): number[] {
  const next = normals(seededChance(seed))
  const daily = Math.log(1 + drift) / daysOfYear
  const step = volatility / Math.sqrt(daysOfYear)
  let value = start
  return Array.from({ length: days }, (_, at) => {
    if (at > 0) value *= Math.exp(daily - (step * step) / 2 + step * next())
    value = Math.max(value, start / 100)
    return value
  })
}
