import type { Schema } from '@pe/sdk/client.ts'
import type { HoldingOf } from '../../components/portfolio/period-explain.ts'
import { sharedWeights } from '../../components/portfolio/shared-weights.ts'

type MoneyFigure = Schema<'MoneyFigure'>
type RatioFigure = Schema<'RatioFigure'>

/** One row of the table: an instrument held, or the cash of one account in one currency. */
export interface HoldingRow {
  readonly id: string
  readonly kind: 'holding' | 'cash'
  readonly instrumentId: string | null
  /** How Explain finds it. */
  readonly of: HoldingOf
  readonly name: string
  readonly code: string | null
  readonly generated: boolean
  readonly currency: string
  readonly units: string | null
  readonly price: string | null
  readonly priceUnit: string | null
  readonly priceDate: string | null
  readonly cost: MoneyFigure | null
  readonly value: MoneyFigure
  readonly gain: MoneyFigure | null
  readonly gainRatio: RatioFigure | null
  readonly day: MoneyFigure | null
  readonly dayRatio: RatioFigure | null
  /** Rounded so that the column adds up to 100.00. */
  readonly weight: RatioFigure
}

/** Holdings and cash as rows, their weights shared out over all of them. */
export function holdingRows({ holdings, cash }: Schema<'Holdings'>, cashIn: (balance: Schema<'CashHolding'>) => string): HoldingRow[] {
  const weights = sharedWeights([...holdings, ...cash].map(({ weight }) => weight.value))
  const weight = (figure: RatioFigure, at: number): RatioFigure => ({ ...figure, value: weights[at] ?? null })
  return [
    ...holdings.map(
      (holding, at): HoldingRow => ({
        id: holding.instrumentId,
        kind: 'holding',
        instrumentId: holding.instrumentId,
        of: { instrumentId: holding.instrumentId },
        name: holding.instrument,
        code: holding.symbol,
        generated: holding.generated,
        currency: holding.instrumentCurrency,
        units: holding.units,
        price: holding.price,
        priceUnit: holding.priceUnit,
        priceDate: holding.priceDate,
        cost: holding.cost,
        value: holding.value,
        gain: holding.unrealisedGain,
        gainRatio: holding.unrealisedGainRatio,
        day: holding.dayChange,
        dayRatio: holding.dayChangeRatio,
        weight: weight(holding.weight, at),
      }),
    ),
    ...cash.map(
      (balance, at): HoldingRow => ({
        id: `${balance.accountId} ${balance.balanceCurrency}`,
        kind: 'cash',
        instrumentId: null,
        of: { cash: { accountId: balance.accountId, currency: balance.balanceCurrency } },
        name: cashIn(balance),
        code: balance.account,
        generated: false,
        currency: balance.balanceCurrency,
        units: balance.balance,
        price: null,
        priceUnit: null,
        priceDate: null,
        cost: null,
        value: balance.value,
        gain: null,
        gainRatio: null,
        day: null,
        dayRatio: null,
        weight: weight(balance.weight, holdings.length + at),
      }),
    ),
  ]
}
