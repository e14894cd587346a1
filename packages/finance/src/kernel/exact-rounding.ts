/**
 * Rounding half away from zero of products that do not fit a double: the double is taken where its error cannot reach the tie,
 * else integers decide. All functions take integers and give integers.
 */

/** Products below this are exact, and so is the comparison of their quotient with a half. */
export const exactBelow = 2 ** 51
/** Relative error that three roundings of a double can add up to, with room. */
const relativeError = 2 ** -49

/** Adding and subtracting it leaves the nearest integer: between 2^52 and 2^53 doubles have no places after the point. */
const integerShift = 1.5 * 2 ** 52

/**
 * A double rounded to an integer; NaN when its error could reach the tie (always from 2^48 on), so that integers must decide.
 * @param x within `relativeError` of the truth
 */
export function roundedSafely(x: number): number {
  const nearest = x + integerShift - integerShift
  const off = x - nearest
  const reach = (x < 0 ? -x : x) * relativeError
  return off < 0.5 - reach && off > reach - 0.5 ? nearest : Number.NaN
}

/**
 * a × b / 10^places, rounded; `places` may be negative. Throws a RangeError past 2^53.
 * @param power 10^|places|, precomputed since this runs once per instrument and day
 */
export function roundedProduct(a: number, b: number, places: number, power: number): number {
  const product = a * b
  if (product < exactBelow && product > -exactBelow) {
    if (places === 0) return product
    const x = places < 0 ? product * power : product / power
    const size = x < 0 ? -x : x
    const low = Math.floor(size)
    const rounded = size - low >= 0.5 ? low + 1 : low
    return fitting(x < 0 ? 0 - rounded : rounded)
  }
  const rounded = roundedSafely(places < 0 ? product * power : product / power)
  if (!Number.isNaN(rounded)) return fitting(rounded)
  const scaled = BigInt(a) * BigInt(b)
  return places < 0 ? fitting(Number(scaled * 10n ** BigInt(-places))) : roundedRatio(scaled, 10n ** BigInt(places))
}

/** numerator / denominator, rounded half away from zero. Throws a RangeError past 2^53. */
export function roundedRatio(numerator: bigint, denominator: bigint): number {
  const negative = numerator < 0n !== denominator < 0n
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator]
  const rounded = fitting(Number((2n * n + d) / (2n * d)))
  return negative ? 0 - rounded : rounded
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
