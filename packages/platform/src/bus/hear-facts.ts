import type { Actor, Call } from '@pe/contracts/actor.ts'
import type { Fact } from '@pe/contracts/facts.ts'
import type { ServiceDatabase } from '../db/service-database.ts'
import type { Subscription } from '../service.ts'

/** Who acts when the machine reacts to a fact. */
const machine = '00000000-0000-7000-8000-0000000000ff'

export function callOf({ organisationId, traceId }: Fact): Call {
  const actor: Actor = { organisationId, userId: machine, timeZone: 'UTC' }
  return { actor, traceId }
}

/** A fact on its way to one subscription. */
export interface Delivery<Tables> {
  /** The name by which the inbox knows the subscription. */
  readonly name: string
  readonly subscription: Subscription<Tables>
  readonly fact: Fact
}

/** Who hears these facts, in their order. A service that listens to one fact twice has its subscriptions numbered. */
export function deliveries<Tables>(subscriptions: readonly Subscription<Tables>[], facts: readonly Fact[]): Delivery<Tables>[] {
  return facts.flatMap((fact) =>
    subscriptions
      .filter((subscription) => subscription.fact === fact.name)
      .map((subscription, place) => ({ name: place === 0 ? fact.name : `${fact.name}#${place + 1}`, subscription, fact })),
  )
}

/**
 * Lets facts be heard, in their order, in one transaction of the service. What the inbox knows already is passed over: the
 * effect happens once, however often a fact is delivered.
 */
export async function hearFacts<Tables>(database: ServiceDatabase<Tables>, heard: readonly Delivery<Tables>[]): Promise<void> {
  if (heard.length === 0) return
  await database.transaction(async () => {
    const at = database.clock.now()
    const marks = heard.map(({ name, fact }) => ({
      subscription: name,
      fact_id: fact.id,
      organisation_id: fact.organisationId,
      heard_at: at,
    }))
    const inserted = await database.platform
      .insertInto('inbox')
      .values(marks)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['subscription', 'fact_id'])
      .execute()
    const fresh = new Set(inserted.map((mark) => `${mark.subscription} ${mark.fact_id}`))
    for (const { name, subscription, fact } of heard) {
      // Deleting as we go: the same fact twice in one batch is heard once.
      if (!fresh.delete(`${name} ${fact.id}`)) continue
      const call = callOf(fact)
      await database.change(call, (tx) => subscription.hear(fact, tx, call))
    }
  })
}
