import { setTimeout as timeout } from 'node:timers/promises'
import type { Message } from '@pe/contracts/commands.ts'
import { epochMilliseconds } from '@pe/finance/time/instant.ts'
import { acrossOrganisations } from '../db/current-call.ts'
import type { PlatformDatabase, ServiceDatabase } from '../db/service-database.ts'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { carry, type Listener } from './carry.ts'
import { type Wanted, wantedName } from './hear-facts.ts'
import type { OutboxBell } from './outbox-bell.ts'
import { readOutbox } from './read-outbox.ts'

export interface RelayOptions<Tables> {
  /** Whose outbox is read. */
  readonly producer: PlatformDatabase
  /** Who is served, */
  readonly consumer: ServiceDatabase<Tables>
  /** with what. */
  readonly wanted: readonly Wanted<Tables>[]
  readonly bell: OutboxBell
  readonly log: Log
  readonly metrics: Metrics
  /** Between tries; tests need not wait. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** The safety net under the bell. */
const pollMilliseconds = 2000
/** While facts wait for an older transaction to end: from, up to. */
const holdMilliseconds = { first: 4, most: 200 }
const afterTroubleMilliseconds = 1000
/**
 * While writers are busy a turn waits for more facts than the one that rang: five listeners that each ask for every single one would cost
 * more than the writes. The first fact after a quiet time is carried at once; the longer they stay busy, the longer a turn gathers: from, up to.
 * One who writes and waits for what comes of it is not busy.
 */
const gatherMilliseconds = { first: 40, most: 1280 }
const busyFactsPerSecond = 100

const wait = (milliseconds: number, signal: AbortSignal) => timeout(milliseconds, undefined, { signal })

type Turn = 'carried' | 'held' | 'idle'

/** Carries facts until it is stopped. */
export interface Carrier {
  start(): void
  /** Ends after the batch that is under way. */
  stop(): Promise<void>
  /** Carries what is there; true if there was something. */
  settle(): Promise<boolean>
}

/** Carries facts from one outbox to one service, batch after batch, in order. */
export class Relay<Tables> implements Carrier {
  readonly #options: RelayOptions<Tables>
  readonly #name: string
  readonly #stopping = new AbortController()
  #running: Promise<void> | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #wake: () => void = () => {}
  #rung = false
  /** Messages of the last turn. */
  #carried = 0

  constructor(options: RelayOptions<Tables>) {
    this.#options = options
    this.#name = `${options.producer.service} to ${options.consumer.service}`
    options.bell.listen(options.producer.service, () => {
      this.#rung = true
      this.#wake()
    })
  }

  start(): void {
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#wake()
    await this.#running
  }

  async settle(): Promise<boolean> {
    let carried = false
    for (;;) {
      const turn = await this.#takeTurn()
      if (turn === 'idle') return carried
      if (turn === 'carried') carried = true
      else await wait(holdMilliseconds.first, this.#stopping.signal)
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    let hold = holdMilliseconds.first
    let gather = gatherMilliseconds.first
    while (!signal.aborted) {
      this.#rung = false
      try {
        const turn = (await this.#options.bell.leads(this.#name)) ? await this.#takeTurn() : 'idle'
        if (turn === 'idle') await this.#rest(pollMilliseconds)
        if (turn === 'carried') {
          await wait(gather, signal)
          const busy = this.#carried * 1000 > gather * busyFactsPerSecond
          gather = busy ? Math.min(gather * 2, gatherMilliseconds.most) : gatherMilliseconds.first
        } else gather = gatherMilliseconds.first
        if (turn === 'held') {
          await wait(hold, signal)
          hold = Math.min(hold * 2, holdMilliseconds.most)
        } else hold = holdMilliseconds.first
      } catch (trouble) {
        if (signal.aborted) return
        this.#options.log.of(this.#options.consumer.service).error({ action: 'bus.carry', status: 'failure', relay: this.#name }, trouble)
        await this.#rest(afterTroubleMilliseconds)
      }
    }
  }

  /** Until the bell rings, or for a while; not at all if it rang meanwhile. */
  async #rest(milliseconds: number): Promise<void> {
    if (this.#rung || this.#stopping.signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #takeTurn(): Promise<Turn> {
    const turn = this.#turn.then(() => this.#carryBatch())
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #carryBatch(): Promise<Turn> {
    const { producer, consumer, wanted, log, metrics, pause = wait } = this.#options
    const batch = await acrossOrganisations(() => readOutbox(producer, consumer.service, wanted.map(wantedName)))
    if (batch.messages.length === 0) return batch.held ? 'held' : 'idle'
    this.#measureLag(batch.messages[0])
    const listener: Listener<Tables> = {
      consumer,
      wanted,
      log: log.of(consumer.service),
      metrics,
      pause: (milliseconds) => pause(milliseconds, this.#stopping.signal),
    }
    const heard = await carry(listener, batch.messages)
    this.#carried = batch.messages.length
    await batch.advance()
    if (heard > 0) metrics.count('facts_heard_total', { consumer: consumer.service }, heard)
    return 'carried'
  }

  #measureLag(oldest: Message | undefined): void {
    if (!oldest) return
    const { producer, consumer, metrics } = this.#options
    const seconds = (epochMilliseconds(producer.clock.now()) - Date.parse(oldest.at)) / 1000
    metrics.observe('fact_delay_seconds', Math.max(0, seconds), { producer: producer.service, consumer: consumer.service })
  }
}
