import type { Currency } from './currency.ts'
import { Decimal } from './decimal.ts'
import { Money } from './money.ts'

/** 1 `base` = `value` `quote`. The value is positive; inverses are exact to 80 digits. */
export class FxRate {
  readonly base: Currency
  readonly quote: Currency
  readonly value: Decimal

  constructor(base: Currency, quote: Currency, value: Decimal) {
    if (!value.isPositive()) throw new RangeError(`a rate is positive, not ${value}`)
    this.base = base
    this.quote = quote
    this.value = value
  }

  static unity(currency: Currency): FxRate {
    return new FxRate(currency, currency, Decimal.one)
  }

  inverse(): FxRate {
    return new FxRate(this.quote, this.base, Decimal.one.ratio(this.value))
  }

  /** This rate and then the next: EUR→USD times USD→CHF. Throws a TypeError when they do not meet. */
  chainedWith(next: FxRate): FxRate {
    if (next.base !== this.quote) throw new TypeError(`${this.base}→${this.quote} does not meet ${next.base}→${next.quote}`)
    return new FxRate(this.base, next.quote, this.value.times(next.value))
  }

  /** Exact; whoever needs minor units rounds the result. Throws a TypeError for money of another currency. */
  convert(money: Money): Money {
    if (money.currency !== this.base) throw new TypeError(`a ${this.base} rate cannot convert ${money.currency}`)
    return new Money(money.amount.times(this.value), this.quote)
  }
}
