import type { PeriodStatement } from '@pe/contracts/analytics.ts'
import type { MoneyFigure } from '@pe/contracts/scalars.ts'
import type { PeriodStatement as Statement } from '@pe/finance/gains/statement.ts'
import { digitsOf } from '@pe/finance/money/currency.ts'
import type { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import { minusKnown, sumKnown } from '@pe/finance/prices/known-sum.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import { moneyFigure } from './known-figure.ts'

/** The period identity, line by line; whether it adds up is checked here again, on what is shown. */
export function statementFigures(book: LoadedBook, statement: Statement): PeriodStatement {
  const { openingValue, flows, realised, unrealised, earnings, fees, taxes, currencyGain, closingValue, currency } = statement
  const money = (amount: Known<Decimal>): MoneyFigure => moneyFigure(book, amount, currency)
  const earned = sumKnown([openingValue, flows, realised, unrealised, earnings, currencyGain])
  const rest = minusKnown(minusKnown(minusKnown(earned, fees), taxes), closingValue)
  return {
    opening: money(openingValue),
    flows: money(flows),
    realisedGain: money(realised),
    unrealisedGain: money(unrealised),
    income: money(earnings),
    fees: money(fees),
    taxes: money(taxes),
    currencyGain: money(currencyGain),
    closing: money(closingValue),
    addsUp: rest.known ? rest.value.round(digitsOf(currency), 'half-away-from-zero').isZero() : null,
  }
}
