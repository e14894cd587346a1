import type { Rounding } from './rounding.ts'

/** Powers of ten that doubles hold exactly. */
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)

/** 10^exponent; NaN where a double does not hold it exactly. */
export function power(exponent: number): number {
  return powers[exponent] ?? Number.NaN
}

/** True for an integer that doubles count exactly; false for NaN. A product that computes to one is exact. */
export function safe(integer: number): boolean {
  return integer <= Number.MAX_SAFE_INTEGER && integer >= -Number.MAX_SAFE_INTEGER
}

/** a × 10^upA + b × 10^upB; NaN where it, or a part of it, is not safe. */
export function fittingSum(a: number, upA: number, b: number, upB: number): number {
  const [left, right] = [upA === 0 ? a : a * power(upA), upB === 0 ? b : b * power(upB)]
  return safe(left) && safe(right) ? left + right : Number.NaN
}

/** a × 10^shift / b, rounded to an integer; NaN where a part of it is not safe. */
export function quotient(a: number, b: number, shift: number, rounding: Rounding): number {
  const numerator = shift > 0 ? a * power(shift) : a
  const denominator = shift < 0 ? b * power(-shift) : b
  if (!safe(numerator) || !safe(denominator)) return Number.NaN
  const rest = numerator % denominator
  const whole = (numerator - rest) / denominator
  if (rest === 0 || rounding === 'down') return whole
  const twice = 2 * Math.abs(rest)
  const half = Math.abs(denominator)
  const away = twice > half || (twice === half && (rounding === 'half-away-from-zero' || (rounding === 'half-even' && whole % 2 !== 0)))
  return away ? whole + (numerator < 0 === denominator < 0 ? 1 : -1) : whole
}
