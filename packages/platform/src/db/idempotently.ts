import type { Call } from '@pe/contracts/actor.ts'
import { sql } from 'kysely'
import { Refused } from '../http/refused.ts'
import type { Database } from './database.ts'
import { keyInUse, orTakeBack } from './key-in-use.ts'
import { ServiceDatabase } from './service-database.ts'

export interface KeyedRequest {
  /** The caller's Idempotency-Key. */
  readonly key: string
  /** 'core.recordTransaction' */
  readonly route: string
  /** A digest of route, parameters and body: the same key with another one is a mistake of the caller's. */
  readonly fingerprint: string
}

export interface KeyedReply<R> {
  readonly reply: R
  /** True when the effect had happened before and only its reply is given again. */
  readonly replayed: boolean
}

/** Stripe's promise, and ours: a key is good for a day at least. */
export const keyHours = 24

/**
 * Runs a write once per key. The effect and the reply that is remembered stand in one transaction, which the writes inside `run`
 * join. A refusal or trouble leaves nothing behind, so that the key may be used again.
 */
export async function idempotently<R, Tables>(
  database: Database<Tables>,
  call: Call,
  { key, route, fingerprint }: KeyedRequest,
  run: () => Promise<R>,
): Promise<KeyedReply<R>> {
  if (!(database instanceof ServiceDatabase)) throw new Error('idempotently needs a database that openDatabase made')
  const { organisationId, userId } = call.actor
  return database.transaction(async () => {
    const before = (await keysInUse(database, call, [{ key, route, fingerprint }])).get(key)
    if (before) return repliedBefore({ key, route, fingerprint }, before) as KeyedReply<R>

    const reply = await run()
    const at = database.clock.now()
    const { numInsertedOrUpdatedRows: remembered } = await database.platform
      .insertInto('idempotency')
      .values({ organisation_id: organisationId, user_id: userId, key, route, fingerprint, reply: JSON.stringify(reply) ?? null, at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    orTakeBack(remembered ?? 0n, 1)
    return { reply, replayed: false }
  })
}

/** The first reply given under a key. */
export interface Remembered {
  readonly route: string
  readonly fingerprint: string
  readonly reply: unknown
}

/** The first reply given again; refuses a key that is being worked on, or that stood for something else. */
export function repliedBefore({ route, fingerprint }: KeyedRequest, before: Remembered | 'in-use'): KeyedReply<unknown> {
  if (before === 'in-use') throw keyInUse()
  if (before.route !== route || before.fingerprint !== fingerprint)
    throw new Refused('key_reused', 'This idempotency key was used for another request.')
  return { reply: before.reply ?? undefined, replayed: true }
}

/** Locks keys for the transaction, and answers what is remembered under those that are not new; one statement, since every write asks. */
export async function keysInUse<Tables>(
  database: ServiceDatabase<Tables>,
  call: Call,
  requests: readonly KeyedRequest[],
): Promise<Map<string, Remembered | 'in-use'>> {
  if (requests.length === 0) return new Map()
  const { organisationId, userId } = call.actor
  const { rows } = await sql<{ key: string; free: boolean; before: Remembered | null }>`
    select asked.key, pg_try_advisory_xact_lock(hashtextextended(${`${organisationId} ${userId} `} || asked.key, 0)) as free, (
      select json_build_object('route', route, 'fingerprint', fingerprint, 'reply', reply) from idempotency
      where organisation_id = ${organisationId} and user_id = ${userId} and key = asked.key
    ) as before
    from unnest(${requests.map(({ key }) => key)}::text[]) as asked (key)`.execute(database.platform)
  const known = new Map<string, Remembered | 'in-use'>()
  for (const { key, free, before } of rows) if (!free || before) known.set(key, free && before ? before : 'in-use')
  return known
}
