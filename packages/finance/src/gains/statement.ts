import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { certain, type Known } from '../prices/known.ts'
import { KnownSum, minusKnown, sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { flowOf, unitsConverted, unitsCrossing } from '../valuation/flows.ts'
import type { Scope } from '../valuation/scope.ts'
import { valuesAt } from '../valuation/value.ts'
import { belongs, type IncomeAndCharges, IncomeSums, linesOf } from './income-and-charges.ts'
import { costOf, type GainOptions, lotsOverPeriod, realisedCurrencyGain, realisedGain, unrealisedCurrencyGain } from './lots-of.ts'

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
  const [opening, closing] = valuesAt(book, scope, from, to, options)
  const lots = lotsOverPeriod(book, scope, from, to, gross, opening.positions)
  const moved = movements(book, scope, from, to, options)
  const { dividends, interest, earnings, fees, taxes } = moved.income
  return {
    from,
    to,
    currency: options.currency,
    openingValue: opening.value,
    flows: minusKnown(moved.inflows, moved.outflows),
    inflows: moved.inflows,
    outflows: moved.outflows,
    realised: realisedGain(lots, from),
    unrealised: minusKnown(closing.marketValue, costOf(lots)),
    currencyPart: sumKnown([realisedCurrencyGain(lots, from), unrealisedCurrencyGain(lots, book, to, gross)]),
    dividends,
    interest,
    earnings,
    fees,
    taxes: scope.instrumentId === undefined ? taxes : certain(Decimal.zero),
    currencyGain: minusKnown(minusKnown(closing.cash, opening.cash), moved.cash),
    closingValue: closing.value,
  }
}

/**
 * What cash gained by the rates of its currencies over (from, to]: closing − opening − Σ of what the lines of each transaction say
 * that moved, each at the rate of its day. In the scope of an instrument, which has no cash, only cents from rounding conversions are left.
 */
export function cashCurrencyGain(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: GainOptions): Known<Decimal> {
  const [opening, closing] = valuesAt(book, scope, from, to, options)
  return minusKnown(minusKnown(closing.cash, opening.cash), movements(book, scope, from, to, options).cash)
}

interface Movements {
  readonly inflows: Known<Decimal>
  readonly outflows: Known<Decimal>
  readonly income: IncomeAndCharges
  /** What the lines say that moved in cash: flows and income, less charges and what became units. */
  readonly cash: Known<Decimal>
}

function movements(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: GainOptions): Movements {
  const [inflows, outflows, intoUnits, income] = [new KnownSum(), new KnownSum(), new KnownSum(), new IncomeSums()]
  for (const entry of book.between(from, to)) {
    const flow = flowOf(entry, book, scope, options)
    if (flow && !(flow.known && flow.value.isNegative())) inflows.add(flow)
    else if (flow) outflows.subtract(flow)
    // Units that cross the border of the scope are a flow, but no cash.
    if (entry.kind === 'transfer') intoUnits.add(unitsCrossing(entry, book, scope, options))
    if (entry.into) intoUnits.add(unitsConverted(entry, book, scope, options))
    if (!belongs(entry, scope)) continue
    const lines = linesOf(entry, book, options)
    income.add(lines)
    intoUnits.add(lines.intoUnits)
  }
  const cash = new KnownSum()
  const charges = scope.instrumentId === undefined ? [income.values.fees, income.values.taxes] : [income.values.fees]
  for (const term of [inflows.value, income.values.earnings]) cash.add(term)
  for (const term of [outflows.value, intoUnits.value, ...charges]) cash.subtract(term)
  return { inflows: inflows.value, outflows: outflows.value, income: income.values, cash: cash.value }
}
