import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'

type Side = Schema<'ActionEffect'>['before']

export interface EffectRow {
  readonly instrumentId: string
  readonly units: readonly [string, string]
  /** By the currency in which lots were paid; null where the cost of a lot is not known. */
  readonly costs: readonly { readonly currency: string | null; readonly amounts: readonly [string | null, string | null] }[]
}

/** Units and cost of each instrument before and after. */
export function effectRows({ before, after }: Schema<'ActionEffect'>, named: readonly string[]): EffectRow[] {
  return named.map((instrumentId) => {
    const [had, has] = [lotsIn(before, instrumentId), lotsIn(after, instrumentId)]
    const currencies = new Set([...had, ...has].flatMap(({ cost }) => cost?.currency ?? []))
    const unknown = [had, has].some((lots) => lots.length > 0) && currencies.size === 0
    return {
      instrumentId,
      units: [unitsIn(before, instrumentId), unitsIn(after, instrumentId)],
      costs: (unknown ? [null] : [...currencies]).map((currency) => ({
        currency,
        amounts: [costIn(had, currency), costIn(has, currency)],
      })),
    }
  })
}

type Lots = Side['positions'][number]['lots']

function unitsIn({ positions }: Side, instrumentId: string): string {
  return positions.find((position) => position.instrumentId === instrumentId)?.quantity ?? '0'
}

function lotsIn({ positions }: Side, instrumentId: string): Lots {
  return positions.find((position) => position.instrumentId === instrumentId)?.lots ?? []
}

function costIn(lots: Lots, currency: string | null): string | null {
  if (lots.some(({ cost }) => !cost)) return null
  return Decimal.sum(lots.flatMap(({ cost }) => (cost?.currency === currency ? Decimal.parse(cost.amount) : []))).toString()
}

/** Balances before and after, by currency. */
export function cashRows({ before, after }: Schema<'ActionEffect'>): { currency: string; amounts: readonly [string, string] }[] {
  const currencies = new Set([...before.cash, ...after.cash].map(({ currency }) => currency))
  const amountIn = ({ cash }: Side, currency: string): string => cash.find((balance) => balance.currency === currency)?.amount ?? '0'
  return [...currencies].map((currency) => ({ currency, amounts: [amountIn(before, currency), amountIn(after, currency)] }))
}
