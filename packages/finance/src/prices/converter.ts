import { type Currency, digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { BeforeFirst } from './dated-series.ts'
import { certain, type Known, whenKnown } from './known.ts'
import { type Conversion, converted, convertedTo, type RateTable } from './rate-table.ts'

/** `minorUnit`: every money amount is rounded half away from zero where it arises. `none`: exact. */
export type RoundingRule = 'minorUnit' | 'none'

/** A rate written on a transaction: 1 `from` = `value` `to`. */
export interface RateOfTransaction {
  readonly from: Currency
  readonly to: Currency
  readonly value: Decimal
}

export interface ConverterOptions {
  readonly rounding: RoundingRule
  readonly beforeFirst?: BeforeFirst | undefined
  /** With a day here, every amount is converted at the market rate of that day and recorded rates are left unused. */
  readonly closingDay?: PlainDate | undefined
}

/**
 * Turns amounts of one currency into another: at the rate recorded on the transaction, else at the market's rate of the amount's own
 * day; the result is rounded by the rule. Amounts that are in the currency already pass untouched.
 */
export class Converter {
  readonly rates: RateTable
  readonly rounding: RoundingRule
  readonly beforeFirst: BeforeFirst
  readonly #closingDay: PlainDate | undefined

  constructor(rates: RateTable, options: ConverterOptions) {
    this.rates = rates
    this.rounding = options.rounding
    this.beforeFirst = options.beforeFirst ?? 'unknown'
    this.#closingDay = options.closingDay
  }

  conversion(from: Currency, to: Currency, date: PlainDate, recorded?: RateOfTransaction): Known<Conversion> {
    if (recorded && !this.#closingDay && from !== to) {
      if (recorded.from === from && recorded.to === to) return certain(atRecordedRate(recorded, false))
      if (recorded.from === to && recorded.to === from) return certain(atRecordedRate(recorded, true))
    }
    return this.rates.between(from, to, this.#closingDay ?? date, this.beforeFirst)
  }

  convert(amount: Decimal, from: Currency, to: Currency, date: PlainDate, recorded?: RateOfTransaction): Known<Decimal> {
    if (from === to) return certain(amount)
    if (amount.isZero()) return certain(amount)
    const way = this.conversion(from, to, date, recorded)
    return whenKnown(way, (found) => (this.rounding === 'minorUnit' ? convertedTo(digitsOf(to), amount, found) : converted(amount, found)))
  }

  rounded(amount: Decimal, currency: Currency): Decimal {
    return this.rounding === 'minorUnit' ? amount.round(digitsOf(currency), 'half-away-from-zero') : amount
  }
}

function atRecordedRate({ from, to, value }: RateOfTransaction, inverse: boolean): Conversion {
  const legs = [{ base: from, quote: to, value, inverse, date: null, stale: false }]
  return inverse
    ? { from: to, to: from, numerator: Decimal.one, denominator: value, legs }
    : { from, to, numerator: value, denominator: Decimal.one, legs }
}
