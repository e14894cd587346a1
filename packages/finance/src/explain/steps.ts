import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { decimally } from './recompute.ts'
import type { Trail, TrailOperation, TrailParameters, TrailSource, TrailValue } from './trail.ts'

interface StepDetails {
  readonly unit?: string | undefined
  readonly parameters?: TrailParameters | undefined
  /** What the step is about. */
  readonly source?: TrailSource | undefined
  /** What the calculator says the result is; without it the step is computed here. */
  readonly stated?: Known<Decimal> | Decimal | undefined
}

/** A step of decimal arithmetic; null as soon as an input is. */
export function step(figure: string, op: TrailOperation, inputs: readonly Trail[], details: StepDetails = {}): Trail {
  const { unit, parameters, stated, source } = details
  return { figure, value: stated === undefined ? computed() : told(stated), unit, op, inputs, parameters, source }

  function computed(): TrailValue {
    return inputs.some((input) => input.value === null) ? null : decimally({ figure, op, inputs, parameters })
  }
}

/** Rounds to the places of a minor unit, or passes the step on where nothing is rounded. */
export function rounded(trail: Trail, figure: string, places: number | null, details: Omit<StepDetails, 'parameters'>): Trail {
  if (places === null) return { ...trail, figure, unit: details.unit }
  return step(figure, 'round', [trail], { ...details, parameters: { places } })
}

export function told(value: Known<Decimal> | Decimal): string | null {
  if (!('known' in value)) return value.toString()
  return value.known ? value.value.toString() : null
}
