import { type Currency, digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'
import type { Converter } from '../prices/converter.ts'
import type { PlainDate } from '../time/plain-date.ts'

export const chargeKinds = ['fee', 'tax'] as const
export type ChargeKind = (typeof chargeKinds)[number]

/** A fee or a tax as a statement shows it: a part of a transaction, in a currency of its own. */
export interface StatedCharge {
  readonly kind: ChargeKind
  readonly amount: Decimal
  readonly currency: Currency
  /** 1 `currency` = `rate` of the transaction's currency; the market's of the day when absent. */
  readonly rate?: Decimal | undefined
  readonly note: string
}

/** The same with what it came to in the transaction's currency, rounded to its minor unit. */
export interface Charge extends StatedCharge {
  readonly booked: Decimal
}

/** The parts and their sums in the transaction's currency. */
export interface Charges {
  readonly parts: readonly Charge[]
  readonly fee: Decimal
  readonly tax: Decimal
}

/**
 * What the charges of a transaction come to in its currency: each part × its rate, rounded half away from zero to the minor unit, then
 * summed. A part in another currency takes the rate stated, else the market's of the day.
 * @param stated the sums, when they were stated beside the parts: they must be the same
 * @throws nothing; refuses `not_positive`, `rate_missing` (no rate stated, and none of the market that is fresh), `charges_do_not_match`
 */
export function chargesOf(
  parts: readonly StatedCharge[],
  currency: Currency,
  date: PlainDate,
  converter: Converter,
  stated: { readonly fee?: Decimal | undefined; readonly tax?: Decimal | undefined } = {},
): Outcome<Charges> {
  const booked: Charge[] = []
  for (const part of parts) {
    if (!part.amount.isPositive())
      return refuse('not_positive', `a ${part.kind} must be more than 0: ${part.amount}`, {
        field: part.kind,
        value: part.amount.toString(),
      })
    if (part.rate && !part.rate.isPositive())
      return refuse('not_positive', `the rate of a ${part.kind} must be more than 0: ${part.rate}`, {
        field: 'rate',
        value: part.rate.toString(),
      })
    const amount = bookedAmount(part, currency, date, converter)
    if (!amount)
      return refuse('rate_missing', `there is no rate from ${part.currency} to ${currency} on ${date} for a ${part.kind}`, {
        from: part.currency,
        into: currency,
        date,
      })
    booked.push({ ...part, booked: amount })
  }
  const sums = { fee: sumOf(booked, 'fee', stated.fee), tax: sumOf(booked, 'tax', stated.tax) }
  for (const kind of chargeKinds) {
    const told = stated[kind]
    if (told && !told.equals(sums[kind]))
      return refuse('charges_do_not_match', `the ${kind} is stated as ${told}, but its parts come to ${sums[kind]} ${currency}`, {
        field: kind,
        stated: told.toString(),
        sum: sums[kind].toString(),
        currency,
      })
  }
  return accept({ parts: booked, ...sums })
}

function bookedAmount(part: StatedCharge, currency: Currency, date: PlainDate, converter: Converter): Decimal | null {
  if (part.currency === currency) return part.amount
  const digits = digitsOf(currency)
  if (part.rate) return part.amount.times(part.rate).round(digits, 'half-away-from-zero')
  const market = converter.convert(part.amount, part.currency, currency, date)
  return market.known && !market.stale ? market.value.round(digits, 'half-away-from-zero') : null
}

/** Of a kind without parts the sum is what was stated, if anything. */
function sumOf(parts: readonly Charge[], kind: ChargeKind, stated: Decimal | undefined): Decimal {
  const own = parts.filter((part) => part.kind === kind)
  return own.length === 0 ? (stated ?? Decimal.zero) : Decimal.sum(own.map((part) => part.booked))
}
