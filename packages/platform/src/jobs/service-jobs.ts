import type { Call } from '@pe/contracts/actor.ts'
import { Logger, type Runner, run, runMigrations, runOnce, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import { isConnectionTrouble } from '../db/connection-trouble.ts'
import { currentCall, withCall } from '../db/current-call.ts'
import type { WriteTx } from '../db/database.ts'
import type { PlatformDatabase } from '../db/service-database.ts'
import type { Job, JobQueue } from '../service.ts'
import { PatientPool } from './patient-pool.ts'
import { readEnvelope, type WorkEnvelope } from './work-envelope.ts'

/** Two cores' worth: jobs compute, and requests must not wait for them. */
const concurrency = 2
/** The safety net; a new job rings at once. */
const pollMilliseconds = 2000
const maxAttempts = 10

/** The jobs of one service, kept in a schema of its own (`<service>_jobs`) beside its tables. */
export class ServiceJobs implements JobQueue {
  readonly #database: PlatformDatabase
  readonly #schema: string
  #pool: PatientPool | undefined
  #runner: Runner | undefined

  constructor(database: PlatformDatabase) {
    this.#database = database
    this.#schema = `${database.service}_jobs`
  }

  async add<Tables>(
    name: string,
    payload: Record<string, unknown>,
    { key, tx, call, afterSeconds }: { key?: string; tx?: WriteTx<Tables>; call?: Call; afterSeconds?: number } = {},
  ): Promise<void> {
    const asker = call ?? tx?.call ?? currentCall()
    if (!asker) throw new Error(`job ${name} was added outside a call: pass call or tx, so that it knows its organisation`)
    const { organisationId, userId, timeZone } = asker.actor
    const work: WorkEnvelope = { organisationId, userId, timeZone, traceId: asker.traceId, payload }
    const jobKey = key === undefined ? null : `${name}:${organisationId}:${key}`
    await sql`select from ${sql.id(this.#schema)}.add_job(
      ${name}, ${JSON.stringify(work)}::json, run_at => now() + make_interval(secs => ${afterSeconds ?? 0}), max_attempts => ${maxAttempts}, job_key => ${jobKey}, job_key_mode => 'replace')`.execute(
      tx?.sql ?? this.#database.platform,
    )
  }

  /** Makes or updates the tables of the queue, as the service's role. */
  async prepare(): Promise<void> {
    const pool = this.#openPool()
    const schema = pg.escapeIdentifier(this.#schema)
    // The library would begin with `create schema`, which the role may not do: the schema is there already.
    await pool.query(
      `create table if not exists ${schema}.migrations (id int primary key, ts timestamptz default now() not null, breaking boolean not null default false)`,
    )
    await runMigrations({ pgPool: pool, schema: this.#schema, logger: this.#logger() })
  }

  async start(jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return
    this.#runner = await run({
      pgPool: this.#openPool(),
      schema: this.#schema,
      taskList: this.#tasks(jobs),
      concurrency,
      pollInterval: pollMilliseconds,
      noHandleSignals: true,
      logger: this.#logger(),
    })
  }

  /** Runs what is due now, one after the other, and comes back when nothing is: for tests and commands. Throws what a job threw. */
  async runUntilIdle(jobs: readonly Job[]): Promise<void> {
    const failures: unknown[] = []
    const taskList = this.#tasks(jobs, (trouble) => failures.push(trouble))
    await runOnce({
      pgPool: this.#openPool(),
      schema: this.#schema,
      taskList,
      noHandleSignals: true,
      logger: this.#logger(),
      concurrency: 1,
    })
    if (failures.length > 0) throw failures[0]
  }

  /** Lets running jobs end, takes no new ones. */
  async stop(): Promise<void> {
    this.#pool?.losePatience()
    await this.#runner?.stop()
    this.#runner = undefined
    await this.#pool?.end()
    this.#pool = undefined
  }

  #tasks(jobs: readonly Job[], onFailure?: (trouble: unknown) => void): TaskList {
    return Object.fromEntries(
      jobs.map((job) => [
        job.name,
        async (stored: unknown) => {
          const { organisationId, userId, timeZone, traceId, payload } = readEnvelope(stored)
          const call: Call = { actor: { organisationId, userId, timeZone }, traceId }
          const started = performance.now()
          const described = () => ({ action: `job.${job.name}`, traceId, userId, durationMs: Math.round(performance.now() - started) })
          try {
            await withCall(call, () => job.run(payload, call))
            this.#database.log.debug({ ...described(), status: 'success' })
          } catch (trouble) {
            this.#database.log.error({ ...described(), status: 'failure' }, trouble)
            onFailure?.(trouble)
            // it is told to the database only once that is there again
            if (isConnectionTrouble(trouble)) (await this.#openPool().connect()).release()
            throw trouble
          }
        },
      ]),
    )
  }

  /** A pool of its own: the library keeps one connection listening, and jobs must not wait for requests. */
  #openPool(): PatientPool {
    if (this.#pool) return this.#pool
    const pool = new PatientPool({ ...this.#database.connection, application_name: `pe ${this.#schema}`, max: concurrency + 2 })
    const onTrouble = (trouble: Error) => {
      if (!pool.ending) this.#database.log.error({ action: 'jobs.connection', status: 'failure' }, trouble)
    }
    pool.on('error', onTrouble)
    pool.on('connect', (client) => client.on('error', onTrouble))
    this.#pool = pool
    return pool
  }

  #logger(): Logger {
    const { log } = this.#database
    return new Logger(() => (level, message) => {
      if (level === 'error') log.warn({ action: 'jobs', status: 'failure', message })
      else log.debug({ action: 'jobs', status: 'success', message })
    })
  }
}
