import type { PlatformDatabase, ServiceDatabase } from '../db/service-database.ts'
import { sweep } from '../db/sweep.ts'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { CommandTaker, Subscription } from '../service.ts'
import { OutboxBell } from './outbox-bell.ts'
import { type Carrier, Relay } from './relay.ts'

/** A service on the bus: its outbox is read, its subscriptions are served. */
export interface Mounted<Tables> {
  readonly database: ServiceDatabase<Tables>
  readonly subscriptions: readonly Subscription<Tables>[]
  readonly commands?: readonly CommandTaker<Tables>[] | undefined
}

/** Binds a service's database and subscriptions together, so that a list may hold services of different tables. */
export interface OnTheBus {
  readonly name: string
  readonly database: PlatformDatabase
  relayFrom(producer: PlatformDatabase, bell: OutboxBell, ports: BusPorts): Carrier | undefined
}

export interface BusPorts {
  readonly log: Log
  readonly metrics: Metrics
  /** Between tries of a fact that fails; tests need not wait. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

const sweepMilliseconds = 3_600_000

export function onTheBus<Tables>({ database, subscriptions, commands = [] }: Mounted<Tables>): OnTheBus {
  const wanted = [...subscriptions, ...commands]
  return {
    name: database.service,
    database,
    relayFrom(producer, bell, ports) {
      if (wanted.length === 0) return undefined
      return new Relay({ producer, consumer: database, wanted, bell, ...ports })
    },
  }
}

/**
 * Carries facts from the outbox of every service to the subscriptions of every service of this process. Each listener has a
 * cursor of its own in each outbox: one that is in trouble holds up nobody else.
 */
export class LocalBus {
  readonly #bells: OutboxBell[]
  readonly #relays: Carrier[]
  readonly #services: readonly OnTheBus[]
  readonly #log: Log
  #sweeper: NodeJS.Timeout | undefined

  constructor(services: readonly OnTheBus[], ports: BusPorts) {
    this.#services = services
    this.#log = ports.log
    const bells = new Map<string, OutboxBell>()
    this.#relays = services.flatMap(({ database: producer }) => {
      const { host, port, database } = producer.connection
      const place = `${host}:${port}/${database}`
      const bell = bells.get(place) ?? new OutboxBell(producer.connection, ports.log)
      bells.set(place, bell)
      return services.map((consumer) => consumer.relayFrom(producer, bell, ports)).filter((relay) => relay !== undefined)
    })
    this.#bells = [...bells.values()]
  }

  async start(): Promise<void> {
    for (const bell of this.#bells) await bell.start()
    for (const relay of this.#relays) relay.start()
    await this.#sweep()
    this.#sweeper = setInterval(() => void this.#sweep(), sweepMilliseconds).unref()
  }

  /** Carries until every outbox is empty and all is heard: for tests and commands, with or without `start`. */
  async settle(): Promise<void> {
    for (let carried = true; carried; ) {
      carried = false
      for (const relay of this.#relays) if (await relay.settle()) carried = true
    }
  }

  /** Ends after the batches that are under way; what is left in the outbox waits for the next start. */
  async stop(): Promise<void> {
    clearInterval(this.#sweeper)
    await Promise.all(this.#relays.map((relay) => relay.stop()))
    await Promise.all(this.#bells.map((bell) => bell.stop()))
  }

  async #sweep(): Promise<void> {
    for (const { database, name } of this.#services) {
      await sweep(database).catch((trouble: unknown) => this.#log.of(name).error({ action: 'database.sweep', status: 'failure' }, trouble))
    }
  }
}
