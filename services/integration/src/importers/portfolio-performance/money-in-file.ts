import { type Currency, quoteUnit } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { GraphNode } from './graph-node.ts'
import { unscaled } from './scales.ts'

/** A currency of the file: GBX is pounds, whose amounts have two places more. */
export interface FileCurrency {
  readonly currency: Currency
  /** Places to add to every amount: 2 for hundredths. */
  readonly shift: number
  /** How many of the file's units are one of the currency: 100 for GBX. */
  readonly perCurrency: Decimal
}

export function fileCurrency(code: string): FileCurrency | null {
  const unit = quoteUnit(code)
  return unit ? { currency: unit.currency, shift: unit.perCurrency.equals(Decimal.one) ? 0 : 2, perCurrency: unit.perCurrency } : null
}

/** Minor units of the file ('4966') as an amount of the currency ('49.66'). */
export function amountOf(minor: number, { shift }: FileCurrency): string {
  return unscaled(String(minor), 2 + shift) ?? '0'
}

/** Fees and taxes inside a transaction, in its minor units: `units` since version 29, elements of their own before. */
export function chargesOf(transaction: GraphNode): { fee: number; tax: number } {
  let [fee, tax] = [Number(transaction.fields.fees ?? 0), Number(transaction.fields.taxes ?? 0)]
  for (const unit of transaction.first('units')?.all('unit') ?? []) {
    const minor = Number(unit.first('amount')?.attributes.amount ?? 0)
    if (unit.attributes.type === 'FEE') fee += minor
    if (unit.attributes.type === 'TAX') tax += minor
  }
  return { fee, tax }
}

/** The exchange rate recorded with the gross value: 1 `from` = `value` `to`. */
export function recordedRate(transaction: GraphNode): { from: Currency; to: Currency; value: string } | undefined {
  for (const unit of transaction.first('units')?.all('unit') ?? []) {
    const rate = unit.fields.exchangeRate
    if (unit.attributes.type !== 'GROSS_VALUE' || rate === undefined || !Decimal.canParse(rate)) continue
    const from = fileCurrency(unit.first('forex')?.attributes.currency ?? '')
    const to = fileCurrency(unit.first('amount')?.attributes.currency ?? '')
    if (!from || !to || from.currency === to.currency) continue
    // 1 GBX = 0.0117 EUR is 1 GBP = 1.17 EUR
    const value = Decimal.parse(rate).times(from.perCurrency).dividedBy(to.perCurrency, { scale: 18, rounding: 'half-even' })
    if (value.isPositive()) return { from: from.currency, to: to.currency, value: value.toString() }
  }
  return undefined
}
