import type { Schema } from '@pe/sdk/client.ts'
import { readDecimal } from '../../hooks/read-decimal.ts'

/** A part of fee or tax as typed. */
export interface ChargeValues {
  readonly key: string
  readonly kind: 'fee' | 'tax'
  readonly amount: string
  readonly currency: string
  /** Empty: the market's rate of the day. */
  readonly rate: string
  readonly note: string
}

export function emptyCharge(currency: string): ChargeValues {
  return { key: crypto.randomUUID(), kind: 'fee', amount: '', currency, rate: '', note: '' }
}

export function chargesIn(recorded: Schema<'Transaction'>, write: (decimal: string) => string): ChargeValues[] {
  return (recorded.charges ?? []).map(({ kind, amount, currency, rate, note }, at) => ({
    ...{ key: `${recorded.id} ${at}`, kind: kind === 'tax' ? 'tax' : 'fee', currency, note },
    ...{ amount: write(amount), rate: rate === null ? '' : write(rate) },
  }))
}

/** Fields whose text is no number; an amount is needed. */
export function misreadCharge({ amount, rate }: ChargeValues, locale: string): ('amount' | 'rate')[] {
  const wrong: ('amount' | 'rate')[] = readDecimal(amount, locale) === null ? ['amount'] : []
  return rate.trim() !== '' && readDecimal(rate, locale) === null ? [...wrong, 'rate'] : wrong
}

/** As sent; a rate stands only where the currency is another. */
export function toCharges(parts: readonly ChargeValues[], currency: string, locale: string): Schema<'NewCharge'>[] {
  return parts.map(({ kind, amount, currency: own, rate, note }) => {
    const read = own === currency ? null : readDecimal(rate, locale)
    return { kind, amount: readDecimal(amount, locale) ?? '0', currency: own, ...(read ? { rate: read } : {}), ...(note ? { note } : {}) }
  })
}

/** What was recorded, as it would be stated again. */
export function asStatedCharges({ charges }: Schema<'Transaction'>): { charges?: Schema<'NewCharge'>[] } {
  if (!charges || charges.length === 0) return {}
  return {
    charges: charges.map(({ kind, amount, currency, rate, note }) => ({
      ...{ kind, amount, currency },
      ...(rate === null ? {} : { rate }),
      ...(note ? { note } : {}),
    })),
  }
}
