import type { Call } from '@pe/contracts/actor.ts'
import type { NewEvent } from '@pe/contracts/events.ts'
import type { NewTransaction } from '@pe/contracts/transactions.ts'
import { legsOf } from '@pe/finance/ledger/event-legs.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { derivedId } from '@pe/platform/ids/derived-id.ts'
import type { CoreDeps } from '../core-deps.ts'
import type { Books } from '../coverage.ts'
import type { Successor } from '../put-in-place.ts'
import { judged } from '../record-transaction.ts'

/**
 * The legs of an event as statements, each judged as a transaction of its own: what units and price give as amount is the gross of all.
 * Ids of legs follow from the event's.
 */
export async function statementsOfEvent(
  core: CoreDeps,
  call: Call,
  eventId: string,
  accountId: string,
  event: NewEvent,
  books: Books,
): Promise<Successor[]> {
  const { kind, receivedInstrumentId, fee, tax, charges, quantity, price, ...shared } = event
  const bought: NewTransaction = {
    ...shared,
    ...{ kind: 'buy', instrumentId: receivedInstrumentId ?? event.instrumentId, quantity },
    ...(price === undefined ? {} : { price }),
  }
  const purchase = await judged(core, call, eventId, accountId, bought, books)
  const earned: NewTransaction = {
    ...shared,
    ...{ kind: kind === 'interest-in-kind' ? 'interest' : 'dividend', amount: purchase.entry.amount.toString() },
    ...(fee === undefined ? {} : { fee }),
    ...(tax === undefined ? {} : { tax }),
    ...(charges === undefined ? {} : { charges }),
  }
  const income = await judged(core, call, eventId, accountId, earned, books)
  const units = purchase.entry.quantity
  if (!units) throw new Refused('field_missing', `${kind} needs quantity`)
  const whole = { ...income.entry, kind, instrumentId: event.instrumentId, quantity: units, receivedInstrumentId }
  const [first, second] = legsOf(whole, (name) => derivedId(eventId, name))
  if (!first || !second) throw new Error(`an event of ${kind} has no legs`)
  return [
    { statement: { ...income, entry: first }, event: { id: eventId, kind, leg: 'income' } },
    { statement: { ...purchase, entry: second, charges: [] }, event: { id: eventId, kind, leg: 'purchase' } },
  ]
}
