import type { Message } from '@pe/contracts/commands.ts'
import { isConnectionTrouble } from '../db/connection-trouble.ts'
import { withCall } from '../db/current-call.ts'
import type { ServiceDatabase } from '../db/service-database.ts'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { callOf, type Delivery, deliveries, hearFacts, type Wanted } from './hear-facts.ts'

export interface Listener<Tables> {
  readonly consumer: ServiceDatabase<Tables>
  readonly wanted: readonly Wanted<Tables>[]
  readonly log: Log
  readonly metrics: Metrics
  /** Rejects when the bus stops meanwhile. */
  readonly pause: (milliseconds: number) => Promise<void>
}

/** Facts heard in one transaction, as long as all goes well. */
const togetherAtMost = 100
/** Pauses before the second, third and fourth try. */
const retryMilliseconds = [100, 1000, 5000]
/** Keys that are worked on side by side once a batch has trouble. */
const lanes = 4

/**
 * Delivers messages in the order of their keys, those of each organisation in transactions of their own. A command by itself: it may hold the locks of many rows. Facts together while all goes well; when one fails, each by itself, in order per key: it is tried
 * four times and then laid aside with its error, so that those behind it get through.
 */
export async function carry<Tables>(listener: Listener<Tables>, messages: readonly Message[]): Promise<number> {
  const all = deliveries(listener.wanted, messages)
  for (const ofOne of Map.groupBy(all, ({ message }) => message.organisationId).values()) {
    for (let from = 0, some = nextOf(ofOne, 0); some.length > 0; from += some.length, some = nextOf(ofOne, from)) {
      try {
        await hearFacts(listener.consumer, some)
      } catch (trouble) {
        if (isConnectionTrouble(trouble)) throw trouble
        await carryOneByOne(listener, some)
      }
    }
  }
  return all.length
}

function nextOf<Tables>(all: readonly Delivery<Tables>[], from: number): Delivery<Tables>[] {
  const some = all.slice(from, from + togetherAtMost)
  const command = some.findIndex(({ wanted }) => 'command' in wanted)
  return command === -1 ? some : some.slice(0, Math.max(command, 1))
}

async function carryOneByOne<Tables>(listener: Listener<Tables>, some: readonly Delivery<Tables>[]): Promise<void> {
  const waiting = [...Map.groupBy(some, ({ message }) => message.key).values()]
  const work = async () => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
      for (const delivery of lane) await deliver(listener, delivery)
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, waiting.length) }, work))
}

async function deliver<Tables>({ consumer, log, metrics, pause }: Listener<Tables>, delivery: Delivery<Tables>): Promise<void> {
  const { message: fact, name } = delivery
  for (let tries = 1; ; tries += 1) {
    try {
      return await hearFacts(consumer, [delivery])
    } catch (trouble) {
      if (isConnectionTrouble(trouble)) throw trouble
      log.warn({ action: `fact.${name}`, status: 'failure', traceId: fact.traceId, factId: fact.id, tries, message: messageOf(trouble) })
      const milliseconds = retryMilliseconds[tries - 1]
      if (milliseconds === undefined) {
        await layAside(consumer, delivery, tries, trouble)
        log.error({ action: `fact.${name}`, status: 'failure', traceId: fact.traceId, factId: fact.id, laidAside: true }, trouble)
        metrics.count('facts_dead_total', { consumer: consumer.service, fact: name })
        return
      }
      await pause(milliseconds)
    }
  }
}

async function layAside<Tables>(
  consumer: ServiceDatabase<Tables>,
  { name, message: fact }: Delivery<Tables>,
  tries: number,
  trouble: unknown,
): Promise<void> {
  const row = {
    subscription: name,
    fact_id: fact.id,
    organisation_id: fact.organisationId,
    fact: JSON.stringify(fact),
    error: messageOf(trouble),
    tries,
    at: consumer.clock.now(),
  }
  const laidAside = () =>
    consumer.platform
      .insertInto('dead_letter')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  await withCall(callOf(fact), laidAside)
}

function messageOf(trouble: unknown): string {
  return trouble instanceof Error ? trouble.message : String(trouble)
}
