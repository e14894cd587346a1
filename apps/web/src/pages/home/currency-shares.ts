import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'

export interface CurrencyShare {
  readonly currency: string
  readonly value: string
  readonly share: number
}

/** How the known value lies in currencies, holdings by the currency they trade in; largest first. Negative balances count too. */
export function currencyShares({ holdings, cash }: Schema<'Holdings'>): CurrencyShare[] {
  const sums = new Map<string, Decimal>()
  const add = (currency: string, amount: string | null) => {
    if (amount !== null) sums.set(currency, (sums.get(currency) ?? Decimal.zero).plus(Decimal.parse(amount)))
  }
  for (const holding of holdings) add(holding.instrumentCurrency, holding.value.amount)
  for (const balance of cash) add(balance.balanceCurrency, balance.value.amount)
  const total = Decimal.sum(sums.values())
  if (total.isZero()) return []
  return [...sums]
    .map(([currency, value]) => ({ currency, value: value.toString(), share: value.ratio(total).toNumber() }))
    .filter(({ share }) => share !== 0)
    .sort((a, b) => b.share - a.share)
}
