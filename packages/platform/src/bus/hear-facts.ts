import type { Actor, Call } from '@pe/contracts/actor.ts'
import type { Fact } from '@pe/contracts/facts.ts'
import type { ServiceDatabase } from '../db/service-database.ts'
import type { Subscription } from '../service.ts'

/** Who acts when the machine reacts to a fact. */
const machine = '00000000-0000-7000-8000-0000000000ff'

export function actorOf(organisationId: string): Actor {
  return { organisationId, userId: machine, timeZone: 'UTC' }
}

/** A subscription under the name that the inbox knows it by. */
export interface NamedSubscription<Tables> {
  readonly name: string
  readonly subscription: Subscription<Tables>
}

/** The fact's name, numbered when a service listens to one fact twice. */
export function named<Tables>(subscriptions: readonly Subscription<Tables>[]): NamedSubscription<Tables>[] {
  const times = new Map<string, number>()
  return subscriptions.map((subscription) => {
    const time = (times.get(subscription.fact) ?? 0) + 1
    times.set(subscription.fact, time)
    return { name: time === 1 ? subscription.fact : `${subscription.fact}#${time}`, subscription }
  })
}

/**
 * Lets one subscription hear facts of one organisation, in their order, in one transaction of its service. Facts that the inbox
 * knows already are passed over: the effect happens once, however often a fact is delivered.
 */
export async function hearFacts<Tables>(
  database: ServiceDatabase<Tables>,
  { name, subscription }: NamedSubscription<Tables>,
  facts: readonly Fact[],
): Promise<void> {
  const [first] = facts
  if (!first) return
  const call: Call = { actor: actorOf(first.organisationId), traceId: first.traceId }
  await database.change(call, async () => {
    const heardAt = database.clock.now()
    const marks = facts.map(({ id, organisationId }) => ({
      subscription: name,
      fact_id: id,
      organisation_id: organisationId,
      heard_at: heardAt,
    }))
    const fresh = await database.platform
      .insertInto('inbox')
      .values(marks)
      .onConflict((conflict) => conflict.doNothing())
      .returning('fact_id')
      .execute()
    const unheard = new Set(fresh.map(({ fact_id }) => fact_id))
    for (const fact of facts) {
      if (!unheard.has(fact.id)) continue
      const factCall: Call = { actor: call.actor, traceId: fact.traceId }
      await database.change(factCall, (tx) => subscription.hear(fact, tx, factCall))
    }
  })
}
