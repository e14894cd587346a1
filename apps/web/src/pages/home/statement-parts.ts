import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'

export interface SentencePart {
  /** Key under home.sentence. */
  readonly words: string
  /** Without its sign: the words carry it. */
  readonly amount: string
}

/** What changed the value over the period, what added before what took, each largest first; what is zero is left out. */
export function sentenceParts(
  statement: Schema<'PeriodStatement'>,
): { change: Decimal; added: SentencePart[]; took: SentencePart[] } | null {
  const { opening, closing, flows, realisedGain, unrealisedGain, income, fees, taxes, currencyGain } = statement
  const figures = [opening, closing, flows, realisedGain, unrealisedGain, income, fees, taxes, currencyGain].map(({ amount }) => amount)
  if (figures.some((amount) => amount === null)) return null
  const [start, end, paid, realised, unrealised, earned, fee, tax, currency] = figures.map((amount) => Decimal.parse(amount ?? '0')) as [
    Decimal,
    Decimal,
    Decimal,
    Decimal,
    Decimal,
    Decimal,
    Decimal,
    Decimal,
    Decimal,
  ]
  const parts = [
    { amount: paid, up: 'paidIn', down: 'paidOut' },
    { amount: realised.plus(unrealised), up: 'pricesAdded', down: 'pricesTook' },
    { amount: earned, up: 'incomeAdded', down: 'incomeTook' },
    { amount: fee.plus(tax).negated(), up: 'costsAdded', down: 'costsTook' },
    { amount: currency, up: 'currencyAdded', down: 'currencyTook' },
  ].filter(({ amount }) => !amount.isZero())
  const largestFirst = [...parts].sort((a, b) => b.amount.abs().compare(a.amount.abs()))
  const part = ({ amount, up, down }: (typeof parts)[number]) => ({
    words: amount.isNegative() ? down : up,
    amount: amount.abs().toString(),
  })
  return {
    change: end.minus(start),
    added: largestFirst.filter(({ amount }) => amount.isPositive()).map(part),
    took: largestFirst.filter(({ amount }) => amount.isNegative()).map(part),
  }
}
