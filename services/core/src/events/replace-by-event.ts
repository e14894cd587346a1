import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { EventBooking } from '@pe/contracts/events.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { CoreDeps } from '../core-deps.ts'
import { orRefuseInstrument } from '../known-instrument.ts'
import { putInPlace } from '../put-in-place.ts'
import { lockToReplace } from '../replace-transaction.ts'
import { eventBooking } from './event-booking.ts'
import { statementsOfEvent } from './statements-of-event.ts'

/** Corrects a transaction, or the event it is a leg of: an event stands in its place. */
export async function replaceByEvent(
  core: CoreDeps,
  { params: { transactionId }, body: { event, reason }, ifMatch }: Input<typeof coreRoutes.replaceByEvent>,
  call: Call,
): Promise<EventBooking> {
  await orRefuseInstrument(core, call, event.instrumentId)
  await orRefuseInstrument(core, call, event.receivedInstrumentId)
  const id = core.ids.next()
  await core.db.write({ call, action: 'transaction.replace', subject: `transaction:${transactionId}` }, async (tx) => {
    const { old, books, accountId } = await lockToReplace(tx, call, transactionId, ifMatch, event)
    const next = await statementsOfEvent(core, call, id, accountId, event, books)
    await putInPlace(core, tx, call, books, { old, next, reason: reason ?? null })
  })
  return await eventBooking(core, id, event.kind, call)
}
