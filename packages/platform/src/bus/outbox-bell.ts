import pg from 'pg'
import type { Log } from '../log/log.ts'
import type { Connection } from '../postgres/connection.ts'

const reconnectMilliseconds = 500

/**
 * One connection that listens for "something is in the outbox of …" and comes back when it is lost. It also holds the locks that
 * make this process the one that relays: of several instances on one database, one carries and the others stand by.
 */
export class OutboxBell {
  readonly #connection: Connection
  readonly #log: Log
  readonly #listeners: { service: string; ring: () => void }[] = []
  readonly #leads = new Set<string>()
  #client: pg.Client | undefined
  #reconnecting: NodeJS.Timeout | undefined
  #stopped = false
  #asking: Promise<unknown> = Promise.resolve()

  constructor(connection: Connection, log: Log) {
    this.#connection = connection
    this.#log = log
  }

  /** Calls when the service's outbox has got something, and after every reconnection. */
  listen(service: string, ring: () => void): void {
    this.#listeners.push({ service, ring })
  }

  async start(): Promise<void> {
    const client = new pg.Client({ ...this.#connection, application_name: 'pe outbox bell', keepAlive: true })
    client.on('error', () => {})
    client.on('notification', ({ payload }) => {
      for (const { service, ring } of this.#listeners) if (service === payload) ring()
    })
    await client.connect()
    await client.query('listen pe_outbox')
    this.#client = client
    client.once('end', () => this.#lost())
    for (const { ring } of this.#listeners) ring()
  }

  /** True while this process is the one that does what `name` says. Asks the database only until it has become so. */
  leads(name: string): Promise<boolean> {
    if (this.#leads.has(name)) return Promise.resolve(true)
    // One question at a time: all relays share this connection.
    const answer = this.#asking.then(() => this.#takeLead(name))
    this.#asking = answer.catch(() => {})
    return answer
  }

  async #takeLead(name: string): Promise<boolean> {
    const client = this.#client
    if (!client) return false
    const { rows } = await client.query<{ won: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as won', [
      `pe relay ${name}`,
    ])
    if (rows[0]?.won && client === this.#client) this.#leads.add(name)
    return this.#leads.has(name)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#reconnecting)
    await this.#client?.end().catch(() => {})
  }

  #lost(): void {
    this.#client = undefined
    this.#leads.clear()
    if (this.#stopped) return
    this.#log.warn({ action: 'bus.listen', status: 'failure', message: 'connection lost, coming back' })
    this.#comeBack()
  }

  #comeBack(): void {
    this.#reconnecting = setTimeout(() => {
      this.start().catch(() => {
        if (!this.#stopped) this.#comeBack()
      })
    }, reconnectMilliseconds)
  }
}
