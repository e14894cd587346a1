import { epochMilliseconds, instantOf } from '@pe/finance/time/instant.ts'
import { acrossOrganisations } from './current-call.ts'
import { keyHours } from './idempotently.ts'
import type { PlatformDatabase } from './service-database.ts'

const hourMilliseconds = 3_600_000
const outboxDays = 7
/** Longer than any fact can still be on its way. */
const inboxDays = 30

/** Clears what has served its time: facts that every listener has heard, marks of the inbox, remembered replies. */
export async function sweep(database: PlatformDatabase): Promise<void> {
  await acrossOrganisations(() => sweepAll(database))
}

async function sweepAll(database: PlatformDatabase): Promise<void> {
  const now = epochMilliseconds(database.clock.now())
  const before = (hours: number) => instantOf(now - hours * hourMilliseconds)
  await database.pool.query(
    `delete from outbox o using (select xid, seq from outbox_cursor order by xid, seq limit 1) slowest
     where o.at < $1 and (o.xid, o.seq) <= (slowest.xid, slowest.seq)`,
    [before(24 * outboxDays)],
  )
  await database.pool.query('delete from inbox where heard_at < $1', [before(24 * inboxDays)])
  await database.pool.query('delete from idempotency where at < $1', [before(keyHours)])
}
