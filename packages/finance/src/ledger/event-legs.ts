import { Decimal } from '../money/decimal.ts'
import type { LedgerTransaction } from './transaction.ts'

/**
 * Events that a person states as one and that the book keeps as several legs. A reinvested dividend (DRIP) is a dividend and a purchase
 * for it, a dividend in kind the same with units of another instrument, interest in kind (staking) interest and a purchase.
 */
export const eventKinds = ['dividend-reinvested', 'dividend-in-kind', 'interest-in-kind'] as const

export type EventKind = (typeof eventKinds)[number]

/** What every leg shares; `amount` is gross, fee and tax are of the income. */
export interface LedgerEvent extends Omit<LedgerTransaction, 'kind' | 'quantity' | 'lots' | 'into'> {
  readonly kind: EventKind
  readonly instrumentId: string
  /** Units received. */
  readonly quantity: Decimal
  /** The instrument received, when not the one that paid. */
  readonly receivedInstrumentId?: string | undefined
}

/** Which part of an event a leg is; with the event's id it names the leg for good. */
export const legNames = ['income', 'purchase'] as const
export type LegName = (typeof legNames)[number]

/**
 * The legs of an event, in order: income with its charges, then a purchase for the gross amount, so that cash moves by the charges alone
 * and the cost of the new units is what they stand for.
 * @param idOf a stable id for each leg
 */
export function legsOf(event: LedgerEvent, idOf: (leg: LegName) => string): LedgerTransaction[] {
  const { kind, receivedInstrumentId, quantity, ...shared } = event
  const income: LedgerTransaction = { ...shared, id: idOf('income'), kind: kind === 'interest-in-kind' ? 'interest' : 'dividend' }
  const purchase: LedgerTransaction = {
    ...shared,
    id: idOf('purchase'),
    kind: 'buy',
    instrumentId: receivedInstrumentId ?? event.instrumentId,
    quantity,
    fee: Decimal.zero,
    tax: Decimal.zero,
  }
  return [income, purchase]
}
