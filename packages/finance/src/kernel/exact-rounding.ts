/**
 * Rounding half away from zero of products that do not fit a double: the double is taken where its error cannot reach the tie,
 * else integers decide. All functions take integers and give integers.
 */

/** Products below this are exact, and so is the comparison of their quotient with a half. */
const exactBelow = 2 ** 51
/** Relative error that three roundings of a double can add up to, with room. */
const relativeError = 2 ** -49

/** A double to the nearest integer, ties away from zero. */
export function roundHalfAway(x: number): number {
  return x < 0 ? -Math.round(-x) : Math.round(x)
}

/** True when `x`, a double within `relativeError` of the truth, rounds as the truth does. */
export function roundsSafely(x: number): boolean {
  const size = Math.abs(x)
  return Math.abs(size - Math.floor(size) - 0.5) > size * relativeError
}

/**
 * a × b / 10^places, rounded; `places` may be negative. Throws a RangeError past 2^53.
 * @param power 10^|places|, precomputed since this runs once per instrument and day
 */
export function roundedProduct(a: number, b: number, places: number, power: number): number {
  const product = a * b
  const x = places < 0 ? product * power : product / power
  if (Math.abs(product) < exactBelow || roundsSafely(x)) return fitting(roundHalfAway(x))
  const scaled = BigInt(a) * BigInt(b)
  return places < 0 ? fitting(Number(scaled * 10n ** BigInt(-places))) : roundedRatio(scaled, 10n ** BigInt(places))
}

/** numerator / denominator, rounded half away from zero. Throws a RangeError past 2^53. */
export function roundedRatio(numerator: bigint, denominator: bigint): number {
  const negative = numerator < 0n !== denominator < 0n
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator]
  const rounded = fitting(Number((2n * n + d) / (2n * d)))
  return negative && rounded !== 0 ? -rounded : rounded
}

/** The integer, if doubles still count it exactly; the caller then takes the decimal path. */
export function fitting(x: number): number {
  if (Math.abs(x) > Number.MAX_SAFE_INTEGER) throw new KernelOverflow(`${x} is past 2^53`)
  return x
}

/** An amount that integers held in doubles cannot carry. The decimal path (valuation/) can. */
export class KernelOverflow extends RangeError {
  override readonly name = 'KernelOverflow'
}
