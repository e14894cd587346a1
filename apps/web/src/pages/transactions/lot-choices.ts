import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { readDecimal } from '../../hooks/read-decimal.ts'
import type { FormValues } from './form-values.ts'

/** Units of lots as typed, by the purchase that each lot comes from. */
export type ChosenLots = Readonly<Record<string, string>>

/** Units leave, so that a person may say which. */
export function takesLots({ kind, quantity }: Pick<FormValues, 'kind' | 'quantity'>): boolean {
  return kind === 'sell' || kind === 'delivery-out' || (kind === 'transfer' && quantity.trim() !== '')
}

/** The choices that are numbers above nothing. */
export function choicesOf(chosen: ChosenLots, locale: string): Schema<'LotChoice'>[] {
  return Object.entries(chosen).flatMap(([transactionId, text]) => {
    const quantity = readDecimal(text, locale)
    return quantity !== null && Decimal.parse(quantity).isPositive() ? [{ transactionId, quantity }] : []
  })
}

export function lotsOf(positions: Schema<'Positions'> | undefined, instrumentId: string): readonly Schema<'Lot'>[] {
  return positions?.positions.find((position) => position.instrumentId === instrumentId)?.lots ?? []
}

/** What stands, and beside it what stood on the eve of the sale that is corrected: of each purchase the fuller one, oldest first. */
export function withLotsTaken(standing: readonly Schema<'Lot'>[], before: readonly Schema<'Lot'>[]): Schema<'Lot'>[] {
  const units = (lots: readonly Schema<'Lot'>[], { transactionId }: Schema<'Lot'>) =>
    Decimal.sum(lots.filter((lot) => lot.transactionId === transactionId).map(({ quantity }) => Decimal.parse(quantity)))
  const fuller = before.filter((lot) => units(standing, lot).isLessThan(units(before, lot)))
  const others = standing.filter((lot) => !fuller.some(({ transactionId }) => transactionId === lot.transactionId))
  return [...fuller, ...others].sort((a, b) => (a.acquiredOn < b.acquiredOn ? -1 : a.acquiredOn > b.acquiredOn ? 1 : 0))
}

/** The lots that a recorded transaction chose, as typed. */
export function chosenOf(recorded: Schema<'Transaction'> | null, write: (decimal: string) => string): ChosenLots {
  return Object.fromEntries((recorded?.lots ?? []).map(({ transactionId, quantity }) => [transactionId, write(quantity)]))
}

/** What is sent, with the lots that leave where units do. */
export function withChosenLots<S extends object>(stated: S, values: FormValues, chosen: ChosenLots, locale: string): S {
  if (!('transaction' in stated) || !takesLots(values)) return stated
  return { ...stated, transaction: { ...(stated.transaction as object), lots: choicesOf(chosen, locale) } }
}
