import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { sharedWeights } from '../../components/portfolio/shared-weights.ts'

export interface CurrencyShare {
  readonly currency: string
  readonly value: string
  /** Exact, for what is drawn. */
  readonly share: number
  /** What is written: the weights that the table of holdings shows, added up, so that the same cash weighs the same on both screens. */
  readonly weight: number
}

/** How the known value lies in currencies, holdings by the currency they trade in; largest first. Negative balances count too. */
export function currencyShares({ holdings, cash }: Schema<'Holdings'>): CurrencyShare[] {
  const shown = sharedWeights([...holdings, ...cash].map(({ weight }) => weight.value))
  const sums = new Map<string, { value: Decimal; weight: number }>()
  const add = (currency: string, amount: string | null, weight: number | null | undefined) => {
    if (amount === null) return
    const { value, weight: before } = sums.get(currency) ?? { value: Decimal.zero, weight: 0 }
    sums.set(currency, { value: value.plus(Decimal.parse(amount)), weight: before + (weight ?? 0) })
  }
  for (const [at, holding] of holdings.entries()) add(holding.instrumentCurrency, holding.value.amount, shown[at])
  for (const [at, balance] of cash.entries()) add(balance.balanceCurrency, balance.value.amount, shown[holdings.length + at])
  const total = Decimal.sum([...sums.values()].map(({ value }) => value))
  if (total.isZero()) return []
  return [...sums]
    .map(([currency, { value, weight }]) => ({ currency, value: value.toString(), share: value.ratio(total).toNumber(), weight }))
    .filter(({ share }) => share !== 0)
    .sort((a, b) => b.share - a.share)
}
