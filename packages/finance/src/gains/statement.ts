import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { certain, type Known, whenKnown } from '../prices/known.ts'
import { minusKnown, sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { flowOf, flowsOf, totalOf, unitsCrossing } from '../valuation/flows.ts'
import type { Scope } from '../valuation/scope.ts'
import { type ScopeValue, valueOn } from '../valuation/value.ts'
import { belongs, incomeAndCharges, linesOf } from './income-and-charges.ts'
import { type GainOptions, lotsOverPeriod, realisedCurrencyGain, realisedGain, unrealisedCurrencyGain, unrealisedGain } from './lots-of.ts'

/**
 * Where a period's change came from. The identity holds to the last digit (law 3):
 * opening + flows + realised + unrealised + earnings − fees − taxes + currencyGain = closing.
 */
export interface PeriodStatement {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly currency: Currency
  readonly openingValue: Known<Decimal>
  /** External flows; `inflows` − `outflows`. */
  readonly flows: Known<Decimal>
  readonly inflows: Known<Decimal>
  /** Positive. */
  readonly outflows: Known<Decimal>
  /** Gains on what was sold, against its value at `from` or its purchase since; gross of fees and taxes, which have lines of their own. */
  readonly realised: Known<Decimal>
  readonly unrealised: Known<Decimal>
  /** The currencies' part of the two lines above, not an addend. */
  readonly currencyPart: Known<Decimal>
  readonly dividends: Known<Decimal>
  readonly interest: Known<Decimal>
  /** dividends + interest, gross. */
  readonly earnings: Known<Decimal>
  readonly fees: Known<Decimal>
  /** 0 in the scope of an instrument, which is before tax. */
  readonly taxes: Known<Decimal>
  /** What cash in other currencies gained by their rates; the bank's margin on exchanges and cents from rounding conversions included. */
  readonly currencyGain: Known<Decimal>
  readonly closingValue: Known<Decimal>
}

/** The statement of a scope over (from, to]: lots held at `from` enter at their market value (basis `period`). */
export function statement(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: GainOptions): PeriodStatement {
  const gross: GainOptions = { ...options, fees: 'excluded', taxes: 'excluded' }
  const [opening, closing] = [valueOn(book, scope, from, options), valueOn(book, scope, to, options)]
  const lots = lotsOverPeriod(book, scope, from, to, gross)
  const flows = flowsOf(book, scope, from, to, options)
  const side = (negative: boolean): Known<Decimal> =>
    sumKnown(flows.filter(({ amount }) => !amount.known || amount.value.isNegative() === negative).map(({ amount }) => amount))
  const { dividends, interest, earnings, fees, taxes } = incomeAndCharges(book, scope, from, to, options)
  return {
    from,
    to,
    currency: options.currency,
    openingValue: opening.value,
    flows: totalOf(flows),
    inflows: side(false),
    outflows: whenKnown(side(true), (amount) => amount.negated()),
    realised: realisedGain(lots, from),
    unrealised: unrealisedGain(lots, book, scope, to, gross),
    currencyPart: sumKnown([realisedCurrencyGain(lots, from), unrealisedCurrencyGain(lots, book, to, gross)]),
    dividends,
    interest,
    earnings,
    fees,
    taxes: scope.instrumentId === undefined ? taxes : certain(Decimal.zero),
    currencyGain: cashCurrencyGain(book, scope, opening, closing, options),
    closingValue: closing.value,
  }
}

/**
 * What cash gained by the rates of its currencies over (from, to]: closing − opening − Σ of what the lines of each transaction say
 * that moved, each at the rate of its day. In the scope of an instrument, which has no cash, only cents from rounding conversions are left.
 */
export function cashCurrencyGain(
  book: Book,
  scope: Scope,
  opening: Pick<ScopeValue, 'cash' | 'date'>,
  closing: Pick<ScopeValue, 'cash' | 'date'>,
  options: GainOptions,
): Known<Decimal> {
  const moved: Known<Decimal>[] = []
  for (const entry of book.between(opening.date, closing.date)) {
    const flow = flowOf(entry, book, scope, options)
    if (flow) moved.push(flow)
    // Units that cross the border of the scope are a flow, but no cash.
    moved.push(whenKnown(unitsCrossing(entry, book, scope, options), (amount) => amount.negated()))
    if (!belongs(entry, scope)) continue
    const { earnings, fee, tax } = linesOf(entry, book, options)
    const charges = scope.instrumentId === undefined ? [fee, tax] : [fee]
    moved.push(earnings, ...charges.map((charge) => whenKnown(charge, (amount) => amount.negated())))
    if (entry.kind === 'buy' || entry.kind === 'delivery-in') moved.push(intoPosition(entry.amount.negated()))
    if (entry.kind === 'sell' || entry.kind === 'delivery-out') moved.push(intoPosition(entry.amount))

    function intoPosition(amount: Decimal): Known<Decimal> {
      return book.converter(options).convert(amount, entry.currency, options.currency, entry.date, entry.rate)
    }
  }
  return minusKnown(minusKnown(closing.cash, opening.cash), sumKnown(moved))
}
