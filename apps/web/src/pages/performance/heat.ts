/** Steps of a monthly return, in fractions: |return| below each belongs to the step; the last is open. */
const bounds = [0.0025, 0.0125, 0.025, 0.045]

/** −4 … 4: the same scale for all rows. */
export function heatStep(value: number): number {
  const size = bounds.findIndex((bound) => Math.abs(value) < bound)
  const step = size < 0 ? 4 : size
  return value < 0 ? -step : step
}

/** The token of a step: `--div-n4` … `--div-4`. */
export function heatToken(step: number): string {
  return step < 0 ? `var(--div-n${-step})` : `var(--div-${step})`
}
