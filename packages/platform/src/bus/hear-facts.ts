import type { Actor, Call } from '@pe/contracts/actor.ts'
import type { Command, Message } from '@pe/contracts/commands.ts'
import type { Fact } from '@pe/contracts/facts.ts'
import { withCall } from '../db/current-call.ts'
import type { ServiceDatabase } from '../db/service-database.ts'
import type { CommandTaker, Subscription } from '../service.ts'

/** Who acts when the machine reacts to a fact. */
const machine = '00000000-0000-7000-8000-0000000000ff'

export function callOf({ organisationId, traceId }: Message): Call {
  const actor: Actor = { organisationId, userId: machine, timeZone: 'UTC' }
  return { actor, traceId }
}

/** What a service wants of the bus: facts, and the commands that it takes. */
export type Wanted<Tables> = Subscription<Tables> | CommandTaker<Tables>

export function wantedName<Tables>(wanted: Wanted<Tables>): Message['name'] {
  return 'command' in wanted ? wanted.command : wanted.fact
}

/** A fact on its way to one subscription, or a command to the one that takes it. */
export interface Delivery<Tables> {
  /** The name by which the inbox knows the subscription. */
  readonly name: string
  readonly wanted: Wanted<Tables>
  readonly message: Message
}

/** Who hears these messages, in their order. A service that listens to one fact twice has its subscriptions numbered. */
export function deliveries<Tables>(all: readonly Wanted<Tables>[], messages: readonly Message[]): Delivery<Tables>[] {
  return messages.flatMap((message) =>
    all
      .filter((wanted) => wantedName(wanted) === message.name)
      .map((wanted, place) => ({ name: place === 0 ? message.name : `${message.name}#${place + 1}`, wanted, message })),
  )
}

/**
 * Lets facts of one organisation be heard and its commands be carried out, in their order, in one transaction of the service. What the inbox knows already is
 * passed over: the effect happens once, however often a message is delivered.
 */
export async function hearFacts<Tables>(database: ServiceDatabase<Tables>, heard: readonly Delivery<Tables>[]): Promise<void> {
  const [first] = heard
  if (!first) return
  const understand = async () => {
    const at = database.clock.now()
    const marks = heard.map(({ name, message }) => ({
      subscription: name,
      fact_id: message.id,
      organisation_id: message.organisationId,
      heard_at: at,
    }))
    const inserted = await database.platform
      .insertInto('inbox')
      .values(marks)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['subscription', 'fact_id'])
      .execute()
    const fresh = new Set(inserted.map((mark) => `${mark.subscription} ${mark.fact_id}`))
    for (const { name, wanted, message } of heard) {
      // Deleting as we go: the same fact twice in one batch is heard once.
      if (!fresh.delete(`${name} ${message.id}`)) continue
      const call = callOf(message)
      await database.change(call, (tx) =>
        'command' in wanted ? wanted.carryOut(message as Command, tx, call) : wanted.hear(message as Fact, tx, call),
      )
    }
  }
  await withCall(callOf(first.message), () => database.transaction(understand))
}
