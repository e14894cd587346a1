import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { EventBooking } from '@pe/contracts/events.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { CoreDeps } from '../core-deps.ts'
import { orRefuseUncovered } from '../coverage.ts'
import { announceLedgerChange } from '../facts.ts'
import { orRefuseInstrument } from '../known-instrument.ts'
import { orRefuseClosed } from '../periods/closed-periods.ts'
import { lockBooks } from '../store/accounts.ts'
import { insertTransactions } from '../store/saved-transaction.ts'
import { accountsOf } from '../store/transactions.ts'
import { eventBooking } from './event-booking.ts'
import { statementsOfEvent } from './statements-of-event.ts'

/** Records an event that a person states as one: all its legs, or none. */
export async function recordEvent(
  core: CoreDeps,
  { params: { accountId }, body }: Input<typeof coreRoutes.recordEvent>,
  call: Call,
): Promise<EventBooking> {
  await orRefuseInstrument(core, call, body.instrumentId)
  await orRefuseInstrument(core, call, body.receivedInstrumentId)
  const id = core.ids.next()
  await core.db.write({ call, action: 'event.record', subject: `event:${id}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, accountsOf({ ...body, accountId }))
    const legs = await statementsOfEvent(core, call, id, accountId, body, books)
    const posted = legs.flatMap(({ statement }) => (statement.state === 'posted' ? [statement.entry] : []))
    await orRefuseClosed(core, tx, call, posted)
    await orRefuseUncovered(core, tx.sql, call, books, { added: posted })
    await insertTransactions(
      tx,
      core.clock.now(),
      legs.map((leg) => ({ ...leg, id: leg.statement.entry.id, importId: null, sourceKey: null, replaces: null, sequence: null })),
    )
    await announceLedgerChange(tx, posted)
  })
  return await eventBooking(core, id, body.kind, call)
}
