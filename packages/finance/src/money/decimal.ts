import { Decimal as DecimalJs } from 'decimal.js'
import type { Rounding } from './rounding.ts'
import { fittingSum, power, quotient, safe } from './small-integers.ts'

/** Our own constructor, so that nobody else's settings reach our figures: 80 digits, as docs/specs say for products. */
const Exact = DecimalJs.clone({ precision: 80, rounding: DecimalJs.ROUND_HALF_EVEN, toExpNeg: -30, toExpPos: 40 })

export type { Rounding }

const modes: Record<Rounding, DecimalJs.Rounding> = {
  'half-away-from-zero': DecimalJs.ROUND_HALF_UP,
  'half-even': DecimalJs.ROUND_HALF_EVEN,
  'half-down': DecimalJs.ROUND_HALF_DOWN,
  down: DecimalJs.ROUND_DOWN,
}

const plain = /^-?\d+(\.\d+)?$/
/** Character codes. */
const [minus, dot, zero] = [0x2d, 0x2e, 0x30]
/** Digits that always fit a double's 53 bits. */
const smallDigits = 15
/** Places that a small number may have; more of them are rare, and go the long way. */
const smallPlaces = 18

function notDecimal(text: string): RangeError {
  return new RangeError(`not a decimal number: ${JSON.stringify(text)}`)
}

/**
 * An exact decimal number without a unit. Money, Quantity, Price and FxRate are built on it.
 *
 * Nearly every amount is an integer below 2^53 with a few places: such a one is kept as `small` × 10^-`places` and reckoned with in
 * doubles, which are exact there. Whatever does not fit is kept in `exact` and goes through decimal.js, some thirty times slower.
 * The two are one and the same number; a property test holds them against each other.
 */
export class Decimal {
  readonly #small: number
  readonly #places: number
  #exact: DecimalJs | null

  private constructor(small: number, places: number, exact: DecimalJs | null) {
    this.#small = small
    this.#places = places
    this.#exact = exact
  }

  static readonly zero: Decimal = new Decimal(0, 0, null)
  static readonly one: Decimal = new Decimal(1, 0, null)

  /** Reads '1234.56' or '-0.1'; anything else (exponents, thousands signs, empty text) throws a RangeError. */
  static parse(text: string): Decimal {
    const start = text.charCodeAt(0) === minus ? 1 : 0
    let [small, point] = [0, -1]
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code >= zero && code <= zero + 9) small = small * 10 + (code - zero)
      else if (code === dot && point === -1 && at > start) point = at
      else throw notDecimal(text)
    }
    if (text.length === start || point === text.length - 1) throw notDecimal(text)
    if (text.length - start > smallDigits + (point === -1 ? 0 : 1)) return Decimal.#parseLong(text, point)
    let places = point === -1 ? 0 : text.length - point - 1
    for (; places > 0 && small % 10 === 0; places--) small /= 10
    return Decimal.#ofSmall(start === 1 ? -small : small, places)
  }

  /** More digits than a small number has, unless it is zeros at the end that make the text long. */
  static #parseLong(text: string, point: number): Decimal {
    let end = text.length
    if (point !== -1) while (text.charCodeAt(end - 1) === zero) end--
    if (end === point + 1) end = point
    return end < text.length ? Decimal.parse(text.slice(0, end)) : Decimal.#ofExact(new Exact(text))
  }

  /** True when `parse` would accept the text. */
  static canParse(text: string): boolean {
    return plain.test(text)
  }

  /** An integer times 10^-scale, as files and kernels store amounts; `digits` must be a safe integer. */
  static fromScaled(digits: number, scale: number): Decimal {
    if (!Number.isSafeInteger(digits)) throw new RangeError(`not a safe integer: ${digits}`)
    if (scale >= 0 && scale <= smallPlaces) return Decimal.#ofSmall(digits, scale)
    return Decimal.#ofExact(new Exact(digits).times(new Exact(10).pow(-scale)))
  }

  static sum(terms: Iterable<Decimal>): Decimal {
    let total = Decimal.zero
    for (const term of terms) total = total.plus(term)
    return total
  }

  plus(other: Decimal): Decimal {
    if (this.#small === 0) return other
    if (other.#small === 0) return this
    if (this.#places === other.#places) {
      const sum = this.#small + other.#small
      if (safe(sum)) return Decimal.#ofSmall(sum, this.#places)
    }
    const places = Math.max(this.#places, other.#places)
    const sum = fittingSum(this.#small, places - this.#places, other.#small, places - other.#places)
    return safe(sum) ? Decimal.#ofSmall(sum, places) : Decimal.#ofExact(this.#long().plus(other.#long()))
  }

  minus(other: Decimal): Decimal {
    if (other.#small === 0) return this
    if (this.#places === other.#places) {
      const difference = this.#small - other.#small
      if (safe(difference)) return Decimal.#ofSmall(difference, this.#places)
    }
    const places = Math.max(this.#places, other.#places)
    const difference = fittingSum(this.#small, places - this.#places, -other.#small, places - other.#places)
    return safe(difference) ? Decimal.#ofSmall(difference, places) : Decimal.#ofExact(this.#long().minus(other.#long()))
  }

  times(other: Decimal): Decimal {
    const product = this.#small * other.#small
    const places = this.#places + other.#places
    return safe(product) && places <= smallPlaces ? Decimal.#ofSmall(product, places) : Decimal.#ofExact(this.#long().times(other.#long()))
  }

  /** A quotient that names where it stops and how it rounds. Throws a RangeError on division by zero. */
  dividedBy(divisor: Decimal, { scale, rounding }: { scale: number; rounding: Rounding }): Decimal {
    if (divisor.isZero()) throw new RangeError('division by zero')
    if (scale >= 0 && scale <= smallPlaces) {
      const rounded = quotient(this.#small, divisor.#small, divisor.#places + scale - this.#places, rounding)
      if (safe(rounded)) return Decimal.#ofSmall(rounded, scale)
    }
    return Decimal.#ofRounded(this.#long().dividedBy(divisor.#long()).toDecimalPlaces(scale, modes[rounding]))
  }

  /** A quotient to 80 significant digits: for rates, inverses and proportions that are rounded later. */
  ratio(divisor: Decimal): Decimal {
    if (divisor.isZero()) throw new RangeError('division by zero')
    if (divisor === Decimal.one) return this
    return Decimal.#ofExact(this.#long().dividedBy(divisor.#long()))
  }

  round(scale: number, rounding: Rounding): Decimal {
    if (!Number.isNaN(this.#small) && scale >= 0) {
      if (this.#places <= scale) return this
      const rounded = quotient(this.#small, 1, scale - this.#places, rounding)
      if (safe(rounded)) return Decimal.#ofSmall(rounded, scale)
    }
    return Decimal.#ofRounded(this.#long().toDecimalPlaces(scale, modes[rounding]))
  }

  negated(): Decimal {
    return Number.isNaN(this.#small) ? Decimal.#ofExact(this.#long().negated()) : Decimal.#ofSmall(-this.#small, this.#places)
  }

  abs(): Decimal {
    return this.isNegative() ? this.negated() : this
  }

  compare(other: Decimal): -1 | 0 | 1 {
    const places = Math.max(this.#places, other.#places)
    const [left, right] = [this.#small * power(places - this.#places), other.#small * power(places - other.#places)]
    if (safe(left) && safe(right)) return left < right ? -1 : left > right ? 1 : 0
    return this.#long().comparedTo(other.#long()) as -1 | 0 | 1
  }

  equals(other: Decimal): boolean {
    return this.compare(other) === 0
  }

  isLessThan(other: Decimal): boolean {
    return this.compare(other) < 0
  }

  isZero(): boolean {
    return this.#small === 0 || (Number.isNaN(this.#small) && this.#long().isZero())
  }

  isNegative(): boolean {
    return this.#small < 0 || (Number.isNaN(this.#small) && this.#long().isNegative() && !this.#long().isZero())
  }

  isPositive(): boolean {
    return this.#small > 0 || (Number.isNaN(this.#small) && this.#long().isPositive() && !this.#long().isZero())
  }

  /** Digits after the point that are really used: 1 for 1.50, since trailing zeros do not count. */
  decimalPlaces(): number {
    if (Number.isNaN(this.#small)) return this.#long().decimalPlaces()
    let [digits, places] = [this.#small, this.#places]
    while (places > 0 && digits % 10 === 0) [digits, places] = [digits / 10, places - 1]
    return places
  }

  /** The number times 10^scale, when it is an integer that doubles count exactly; null otherwise. For kernels. */
  toScaled(scale: number): number | null {
    if (Number.isNaN(this.#small)) {
      const scaled = this.#long().times(new Exact(10).pow(scale))
      return scaled.isInteger() && scaled.abs().lessThanOrEqualTo(Number.MAX_SAFE_INTEGER) ? scaled.toNumber() + 0 : null
    }
    if (scale >= this.#places) {
      const scaled = this.#small * power(scale - this.#places)
      return safe(scaled) ? scaled : null
    }
    const unit = power(this.#places - scale)
    return this.#small % unit === 0 ? this.#small / unit + 0 : null
  }

  /** Digits before the point. */
  integerDigits(): number {
    if (Number.isNaN(this.#small)) return this.#long().abs().truncated().toFixed(0).length
    const all = Math.abs(this.#small)
    let digits = 1
    while (all >= power(this.#places + digits)) digits++
    return digits
  }

  /** The one door from exact figures to statistics; never the way back. */
  toNumber(): number {
    return Number.isNaN(this.#small) ? this.#long().toNumber() : this.#small / power(this.#places)
  }

  /** Plain notation, never an exponent, no trailing zeros; zero is '0'. */
  toString(): string {
    if (Number.isNaN(this.#small)) return this.#long().isZero() ? '0' : this.#long().toFixed()
    if (this.#places === 0) return String(this.#small)
    const digits = String(Math.abs(this.#small)).padStart(this.#places + 1, '0')
    const point = digits.length - this.#places
    let end = digits.length
    while (end > point && digits.charCodeAt(end - 1) === 48) end--
    const text = end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`
    return this.#small < 0 ? `-${text}` : text
  }

  /** Plain notation with a fixed number of places, for showing. Rounds half away from zero. */
  toFixed(places: number): string {
    const text = this.#long().toFixed(places, DecimalJs.ROUND_HALF_UP)
    return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
  }

  toJSON(): string {
    return this.toString()
  }

  /** The same number for decimal.js, made when first needed. */
  #long(): DecimalJs {
    this.#exact ??= new Exact(`${this.#small}e-${this.#places}`)
    return this.#exact
  }

  static #ofSmall(small: number, places: number): Decimal {
    return small === 0 ? Decimal.zero : new Decimal(small, places, null)
  }

  static #ofExact(exact: DecimalJs): Decimal {
    return new Decimal(Number.NaN, 0, exact)
  }

  /** A rounded result is small again more often than not. */
  static #ofRounded(exact: DecimalJs): Decimal {
    const places = exact.decimalPlaces()
    const small = places <= smallPlaces && exact.e < smallDigits ? exact.times(power(places)).toNumber() : Number.NaN
    return safe(small) ? Decimal.#ofSmall(small, places) : Decimal.#ofExact(exact)
  }
}
