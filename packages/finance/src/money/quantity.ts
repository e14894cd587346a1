import { Decimal } from './decimal.ts'

/** Units of one instrument; negative when short. Its type keeps it apart from money: the two never add up. */
export class Quantity {
  readonly units: Decimal

  constructor(units: Decimal) {
    this.units = units
  }

  static readonly zero: Quantity = new Quantity(Decimal.zero)

  static parse(text: string): Quantity {
    return new Quantity(Decimal.parse(text))
  }

  plus(other: Quantity): Quantity {
    return new Quantity(this.units.plus(other.units))
  }

  minus(other: Quantity): Quantity {
    return new Quantity(this.units.minus(other.units))
  }

  negated(): Quantity {
    return new Quantity(this.units.negated())
  }

  isZero(): boolean {
    return this.units.isZero()
  }

  isLessThan(other: Quantity): boolean {
    return this.units.isLessThan(other.units)
  }

  equals(other: Quantity): boolean {
    return this.units.equals(other.units)
  }

  toString(): string {
    return this.units.toString()
  }
}
