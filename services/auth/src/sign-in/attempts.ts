import type { Call } from '@pe/contracts/actor.ts'
import type { Instant } from '@pe/finance/time/instant.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { keyedDigest } from '@pe/platform/keys/keys.ts'
import { sql } from 'kysely'
import type { AuthDeps, AuthSql } from '../auth-deps.ts'
import { emailKey } from './email-key.ts'
import { networkOf } from './network-of.ts'
import { after } from './session-times.ts'

/** So many may fail within these minutes, of one account and from one network; then nobody gets in there until the oldest is that long ago. */
export const mostAttempts = 10
export const attemptMinutes = 10

/** Whose attempts are counted together. */
export type Bucket = { readonly kind: string; readonly name: string; readonly most?: number }

/** All that may open an account: password, code of a second factor. Whether there is such an account makes no difference. */
export function accountBucket(auth: AuthDeps, email: string): Bucket {
  return { kind: 'account', name: keyedDigest(auth.keys.of('auth-attempts'), emailKey(email)) }
}

export function addressBucket({ from }: Call): Bucket {
  return { kind: 'address', name: networkOf(from?.address) }
}

export interface Attempt {
  /** It did not fail: it counts no more. */
  succeeded(): Promise<void>
}

/**
 * Counts an attempt before it is looked at, so that many at once are no more than one after the other; who succeeds takes it back. Where
 * counting fails nobody gets in.
 */
export async function countAttempt(auth: AuthDeps, buckets: readonly Bucket[]): Promise<Attempt> {
  const now = auth.clock.now()
  const counted: Bucket[] = []
  const takeBack = async () => {
    for (const bucket of counted) await uncount(auth, bucket, now)
  }
  for (const bucket of buckets) {
    if (await count(auth, bucket, now)) counted.push(bucket)
    else {
      await takeBack()
      throw new Refused('too_many_requests', `too many attempts; try again in ${attemptMinutes} minutes`, [], undefined, {
        minutes: String(attemptMinutes),
        // Becomes Retry-After.
        seconds: String(attemptMinutes * 60),
      })
    }
  }
  return { succeeded: takeBack }
}

/** Whoever proved by another way who they are begins anew. */
export async function forgetAttempts(auth: AuthDeps, bucket: Bucket): Promise<void> {
  await auth.db.sql.deleteFrom('attempt').where('bucket', '=', nameOf(bucket)).execute()
}

/** One statement that locks the row of the bucket: callers at the same time take turns here. */
async function count(auth: AuthDeps, bucket: Bucket, now: Instant): Promise<boolean> {
  const since = after(now, -attemptMinutes * 60_000)
  const recent = sql`select time from unnest(attempt.times) time where time > ${since}::timestamptz`
  const { rows } = await sql`
    insert into attempt (bucket, times, last_at) values (${nameOf(bucket)}, array[${now}::timestamptz], ${now}::timestamptz)
    on conflict (bucket) do update set times = array(${recent}) || ${now}::timestamptz, last_at = ${now}::timestamptz
    where (select count(*) from (${recent}) as within) < ${sql.lit(bucket.most ?? mostAttempts)}
    returning bucket`.execute(auth.db.sql)
  return rows.length > 0
}

async function uncount(auth: AuthDeps, bucket: Bucket, at: string): Promise<void> {
  const place = sql`array_position(times, ${at}::timestamptz)`
  await sql`
    update attempt set times = times[:${place} - 1] || times[${place} + 1:]
    where bucket = ${nameOf(bucket)} and ${place} is not null`.execute(auth.db.sql)
}

/** Buckets in which nothing counts any more are of no use. */
export async function sweepAttempts(db: AuthSql, now: Instant): Promise<void> {
  await db.deleteFrom('attempt').where('last_at', '<', after(now, -86_400_000)).execute()
}

function nameOf({ kind, name }: Bucket): string {
  return `${kind} ${name}`
}
