import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'

type Side = Schema<'ActionEffect'>['before']

export interface EffectRow {
  readonly instrumentId: string
  readonly units: readonly [string, string]
  /** Null where lots were paid in several currencies. */
  readonly cost: readonly [Cost, Cost]
}

type Cost = { readonly amount: string; readonly currency: string } | null

/** Units and cost of each instrument before and after. */
export function effectRows({ before, after }: Schema<'ActionEffect'>, named: readonly string[]): EffectRow[] {
  return named.map((instrumentId) => ({
    instrumentId,
    units: [unitsIn(before, instrumentId), unitsIn(after, instrumentId)],
    cost: [costIn(before, instrumentId), costIn(after, instrumentId)],
  }))
}

function unitsIn({ positions }: Side, instrumentId: string): string {
  return positions.find((position) => position.instrumentId === instrumentId)?.quantity ?? '0'
}

function costIn({ positions }: Side, instrumentId: string): Cost {
  const lots = positions.find((position) => position.instrumentId === instrumentId)?.lots ?? []
  const costs = lots.map(({ cost }) => cost)
  const currency = costs[0]?.currency
  if (!currency || costs.some((cost) => cost?.currency !== currency)) return null
  return { amount: Decimal.sum(costs.map((cost) => Decimal.parse(cost?.amount ?? '0'))).toString(), currency }
}

/** Balances before and after, by currency. */
export function cashRows({ before, after }: Schema<'ActionEffect'>): { currency: string; amounts: readonly [string, string] }[] {
  const currencies = new Set([...before.cash, ...after.cash].map(({ currency }) => currency))
  const amountIn = ({ cash }: Side, currency: string): string => cash.find((balance) => balance.currency === currency)?.amount ?? '0'
  return [...currencies].map((currency) => ({ currency, amounts: [amountIn(before, currency), amountIn(after, currency)] }))
}
