import { type Currency, digitsOf } from './currency.ts'
import { Decimal, type Rounding } from './decimal.ts'

/** An amount of one currency. Adding two currencies throws: that is a bug, not a refusal. */
export class Money {
  readonly amount: Decimal
  readonly currency: Currency

  constructor(amount: Decimal, currency: Currency) {
    this.amount = amount
    this.currency = currency
  }

  static zero(currency: Currency): Money {
    return new Money(Decimal.zero, currency)
  }

  static sum(terms: Iterable<Money>, currency: Currency): Money {
    let total = Money.zero(currency)
    for (const term of terms) total = total.plus(term)
    return total
  }

  plus(other: Money): Money {
    return new Money(this.amount.plus(this.#same(other)), this.currency)
  }

  minus(other: Money): Money {
    return new Money(this.amount.minus(this.#same(other)), this.currency)
  }

  negated(): Money {
    return new Money(this.amount.negated(), this.currency)
  }

  times(factor: Decimal): Money {
    return new Money(this.amount.times(factor), this.currency)
  }

  /** To the currency's minor unit, half away from zero: the rounding `minorUnit` of docs/specs. */
  toMinorUnit(rounding: Rounding = 'half-away-from-zero'): Money {
    return new Money(this.amount.round(digitsOf(this.currency), rounding), this.currency)
  }

  equals(other: Money): boolean {
    return this.currency === other.currency && this.amount.equals(other.amount)
  }

  toString(): string {
    return `${this.amount.toString()} ${this.currency}`
  }

  #same(other: Money): Decimal {
    if (other.currency !== this.currency) throw new TypeError(`cannot combine ${this.currency} with ${other.currency}`)
    return other.amount
  }
}
