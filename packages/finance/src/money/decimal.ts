import { Decimal as DecimalJs } from 'decimal.js'

/** Our own constructor, so that nobody else's settings reach our figures: 80 digits, as docs/specs say for products. */
const Exact = DecimalJs.clone({ precision: 80, rounding: DecimalJs.ROUND_HALF_EVEN, toExpNeg: -30, toExpPos: 40 })

export type Rounding = 'half-away-from-zero' | 'half-even' | 'half-down' | 'down'

const modes: Record<Rounding, DecimalJs.Rounding> = {
  'half-away-from-zero': DecimalJs.ROUND_HALF_UP,
  'half-even': DecimalJs.ROUND_HALF_EVEN,
  'half-down': DecimalJs.ROUND_HALF_DOWN,
  down: DecimalJs.ROUND_DOWN,
}

/** decimal.js keeps digits in words of seven. */
const wordDigits = 7

/** Doubles hold these powers exactly. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)

function powerOfTen(exponent: number): number {
  return powersOfTen[exponent] ?? 10 ** exponent
}

const plain = /^-?\d+(\.\d+)?$/

/** An exact decimal number without a unit. Money, Quantity, Price and FxRate are built on it. */
export class Decimal {
  readonly #exact: DecimalJs

  private constructor(exact: DecimalJs) {
    this.#exact = exact
  }

  static readonly zero: Decimal = new Decimal(new Exact(0))
  static readonly one: Decimal = new Decimal(new Exact(1))

  /** Reads '1234.56' or '-0.1'; anything else (exponents, thousands signs, empty text) throws a RangeError. */
  static parse(text: string): Decimal {
    if (!plain.test(text)) throw new RangeError(`not a decimal number: ${JSON.stringify(text)}`)
    return new Decimal(new Exact(text))
  }

  /** True when `parse` would accept the text. */
  static canParse(text: string): boolean {
    return plain.test(text)
  }

  /** An integer times 10^-scale, as files and kernels store amounts; `digits` must be a safe integer. */
  static fromScaled(digits: number, scale: number): Decimal {
    if (!Number.isSafeInteger(digits)) throw new RangeError(`not a safe integer: ${digits}`)
    return new Decimal(new Exact(digits).times(new Exact(10).pow(-scale)))
  }

  static sum(terms: Iterable<Decimal>): Decimal {
    let total = Decimal.zero
    for (const term of terms) total = total.plus(term)
    return total
  }

  plus(other: Decimal): Decimal {
    return new Decimal(this.#exact.plus(other.#exact))
  }

  minus(other: Decimal): Decimal {
    return new Decimal(this.#exact.minus(other.#exact))
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.#exact.times(other.#exact))
  }

  /** A quotient that names where it stops and how it rounds. Throws a RangeError on division by zero. */
  dividedBy(divisor: Decimal, { scale, rounding }: { scale: number; rounding: Rounding }): Decimal {
    if (divisor.isZero()) throw new RangeError('division by zero')
    return new Decimal(this.#exact.dividedBy(divisor.#exact).toDecimalPlaces(scale, modes[rounding]))
  }

  /** A quotient to 80 significant digits: for rates, inverses and proportions that are rounded later. */
  ratio(divisor: Decimal): Decimal {
    if (divisor.isZero()) throw new RangeError('division by zero')
    return new Decimal(this.#exact.dividedBy(divisor.#exact))
  }

  round(scale: number, rounding: Rounding): Decimal {
    return new Decimal(this.#exact.toDecimalPlaces(scale, modes[rounding]))
  }

  negated(): Decimal {
    return new Decimal(this.#exact.negated())
  }

  abs(): Decimal {
    return new Decimal(this.#exact.abs())
  }

  compare(other: Decimal): -1 | 0 | 1 {
    return this.#exact.comparedTo(other.#exact) as -1 | 0 | 1
  }

  equals(other: Decimal): boolean {
    return this.#exact.equals(other.#exact)
  }

  isLessThan(other: Decimal): boolean {
    return this.#exact.lessThan(other.#exact)
  }

  isZero(): boolean {
    return this.#exact.isZero()
  }

  isNegative(): boolean {
    return this.#exact.isNegative() && !this.#exact.isZero()
  }

  isPositive(): boolean {
    return this.#exact.isPositive() && !this.#exact.isZero()
  }

  /** Digits after the point that are really used: 1 for 1.50, since trailing zeros do not count. */
  decimalPlaces(): number {
    return this.#exact.decimalPlaces()
  }

  /**
   * This number times 10^scale as a safe integer, for kernels that count in integers; null when it has more places than `scale` or
   * does not fit below 2^53. The way back is `fromScaled`.
   */
  toScaled(scale: number): number | null {
    const words = this.#exact.d
    let place = (Math.floor(this.#exact.e / wordDigits) + 1) * wordDigits + scale
    let total = 0
    for (let i = 0; i < words.length; i++) {
      place -= wordDigits
      const word = words[i] as number
      const part = place < 0 ? word / powerOfTen(-place) : word * powerOfTen(place)
      if (!Number.isInteger(part)) return null
      total += part
    }
    return total <= Number.MAX_SAFE_INTEGER ? this.#exact.s * total + 0 : null
  }

  /** Digits before the point. */
  integerDigits(): number {
    return this.#exact.abs().truncated().toFixed(0).length
  }

  /** The one door from exact figures to statistics; never the way back. */
  toNumber(): number {
    return this.#exact.toNumber()
  }

  /** Plain notation, never an exponent, no trailing zeros; zero is '0'. */
  toString(): string {
    return this.#exact.isZero() ? '0' : this.#exact.toFixed()
  }

  /** Plain notation with a fixed number of places, for showing. Rounds half away from zero. */
  toFixed(places: number): string {
    const text = this.#exact.toFixed(places, DecimalJs.ROUND_HALF_UP)
    return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
  }

  toJSON(): string {
    return this.toString()
  }
}
