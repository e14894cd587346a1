import { type EventKind, eventKinds } from '@pe/finance/ledger/event-legs.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { asStatedCharges } from './charge-values.ts'
import type { JournalRow } from './journal-rows.ts'

/** What is sent to be recorded: one transaction, or an event of several legs. */
export type Stated = { readonly transaction: Schema<'NewTransaction'> } | { readonly event: Schema<'NewEvent'> }

export function isEvent(kind: string): kind is EventKind {
  return (eventKinds as readonly string[]).includes(kind)
}

/** The fields of an event, read from those of a purchase: what the legs share, with the units received. */
export function toEvent(kind: EventKind, purchase: Schema<'NewTransaction'>, receivedInstrumentId: string): Schema<'NewEvent'> {
  const { instrumentId = '', quantity = '', lots: _lots, received: _received, toAccountId: _to, ...shared } = purchase
  const received = kind === 'dividend-reinvested' ? '' : receivedInstrumentId
  return { ...shared, kind, instrumentId, quantity, ...(received && received !== instrumentId ? { receivedInstrumentId: received } : {}) }
}

/** An event of the journal, as it would be stated again; null for a transaction that stands alone. */
export function asStatedEvent({ legs, event }: JournalRow): Schema<'NewEvent'> | null {
  const [income, purchase] = legs ?? []
  if (!event || !income?.instrumentId || !purchase?.instrumentId || purchase.quantity === null) return null
  const { date, amount, currency, fee, tax, note, time, cashCurrency, cashAccountId, rate } = income
  const optional = { time, price: purchase.price, cashCurrency, cashAccountId, rate }
  return {
    ...{ kind: event.kind, date, amount, currency, fee, tax, note, instrumentId: income.instrumentId, quantity: purchase.quantity },
    state: income.state === 'draft' ? 'draft' : 'posted',
    ...(purchase.instrumentId === income.instrumentId ? {} : { receivedInstrumentId: purchase.instrumentId }),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    ...asStatedCharges(income),
  }
}
