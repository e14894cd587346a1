import type { QuoteUnit } from './currency.ts'
import type { Decimal } from './decimal.ts'
import { Money } from './money.ts'
import type { Quantity } from './quantity.ts'

/** What one unit of an instrument costs, in the unit it is quoted in (EUR, or pence as GBX). */
export class Price {
  readonly perUnit: Decimal
  readonly quoted: QuoteUnit

  constructor(perUnit: Decimal, quoted: QuoteUnit) {
    this.perUnit = perUnit
    this.quoted = quoted
  }

  /** Quantity × price = money, exact; pence become pounds here. */
  times(held: Quantity): Money {
    return new Money(held.units.times(this.perUnit).ratio(this.quoted.perCurrency), this.quoted.currency)
  }
}
