import type { Call } from '@pe/contracts/actor.ts'
import { sql } from 'kysely'
import { Refused } from '../http/refused.ts'
import { withCall } from './current-call.ts'
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
  const once = async (): Promise<KeyedReply<R>> => {
    const before = await orRefuseInUse(database, call, key)
    if (before) {
      if (before.route !== route || before.fingerprint !== fingerprint)
        throw new Refused('key_reused', 'This idempotency key was used for another request.')
      return { reply: (before.reply ?? undefined) as R, replayed: true }
    }

    const reply = await run()
    const at = database.clock.now()
    const { numInsertedOrUpdatedRows: remembered } = await database.platform
      .insertInto('idempotency')
      .values({ organisation_id: organisationId, user_id: userId, key, route, fingerprint, reply: JSON.stringify(reply) ?? null, at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    orTakeBack(remembered ?? 0n)
    return { reply, replayed: false }
  }
  return withCall(call, () => database.transaction(once))
}

interface Remembered {
  readonly route: string
  readonly fingerprint: string
  readonly reply: unknown
}

/** Locks the key for the transaction, and answers what is remembered under it; one statement, since every write asks. */
async function orRefuseInUse<Tables>(database: ServiceDatabase<Tables>, call: Call, key: string): Promise<Remembered | null> {
  const { organisationId, userId } = call.actor
  const lock = `${organisationId} ${userId} ${key}`
  const { rows } = await sql<{ free: boolean; before: Remembered | null }>`
    select pg_try_advisory_xact_lock(hashtextextended(${lock}, 0)) as free, (
      select json_build_object('route', route, 'fingerprint', fingerprint, 'reply', reply) from idempotency
      where organisation_id = ${organisationId} and user_id = ${userId} and key = ${key}
    ) as before`.execute(database.platform)
  const [asked] = rows
  if (!asked?.free) throw keyInUse()
  return asked.before
}
