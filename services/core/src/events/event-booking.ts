import type { Call } from '@pe/contracts/actor.ts'
import type { EventBooking } from '@pe/contracts/events.ts'
import type { EventKind } from '@pe/finance/ledger/event-legs.ts'
import { legNames } from '@pe/finance/ledger/event-legs.ts'
import { derivedId } from '@pe/platform/ids/derived-id.ts'
import { bookingOf } from '../booking.ts'
import type { CoreDeps } from '../core-deps.ts'

/** An event as recorded: its legs, and what is held after the last of them. */
export async function eventBooking(core: CoreDeps, eventId: string, kind: EventKind, call: Call): Promise<EventBooking> {
  const bookings = await Promise.all(legNames.map((leg) => bookingOf(core, derivedId(eventId, leg), call)))
  const last = bookings.at(-1)
  return {
    eventId,
    kind,
    legs: bookings.map(({ transaction }) => transaction),
    unitsAfter: last?.unitsAfter ?? null,
    cashAfter: last?.cashAfter ?? [],
  }
}
