import { type TargetName, targets } from './targets.ts'

/** One line of the bench. `target` is null for what is printed beside a measure. */
export interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly target: number | null
  readonly holds: boolean | null
  /** The target is the least that is asked for, not the most. */
  readonly atLeast?: boolean
  /** How often it was measured. */
  readonly n: number
  /** Smallest and largest of the n. */
  readonly spread: readonly [number, number]
}

/** The middle of the samples against its target. */
export function measured(name: TargetName, samples: readonly number[], value = median(samples)): Measured {
  const { target, unit, atLeast = false }: { target: number; unit: string; atLeast?: boolean } = targets[name]
  const holds = atLeast ? value >= target : value <= target
  return { name, value: rounded(value), unit, target, ...(atLeast ? { atLeast } : {}), holds, n: samples.length, spread: spread(samples) }
}

/** What stands beside a measure without a target of its own. */
export function beside(name: string, unit: string, samples: readonly number[]): Measured {
  return { name, value: rounded(median(samples)), unit, target: null, holds: null, n: samples.length, spread: spread(samples) }
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5)
}

/** The smallest sample that at least this share of the samples does not exceed. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

function spread(samples: readonly number[]): readonly [number, number] {
  return [rounded(Math.min(...samples)), rounded(Math.max(...samples))]
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
