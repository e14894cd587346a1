import type { Fact } from '@pe/contracts/facts.ts'
import type { PlatformDatabase } from '../db/service-database.ts'
import { type OutboxRow, readFact } from './outbox-row.ts'

export interface OutboxBatch {
  readonly facts: readonly Fact[]
  /** Nothing may be read yet, though something is there: an older transaction is still running. */
  readonly held: boolean
  /** Remembers that these facts have been heard. */
  advance(): Promise<void>
}

const batchSize = 500

/**
 * The next facts for a listener. `seq` is not the order of commits: a transaction that began earlier may commit a lower number
 * later. So facts are read in the order of (xid, seq), and only below the oldest transaction that still runs.
 */
export async function readOutbox(producer: PlatformDatabase, consumer: string): Promise<OutboxBatch> {
  const { rows } = await producer.pool.query<OutboxRow>({
    name: 'read-outbox',
    text: `select o.seq, o.xid::text as xid, o.id, o.name, o.organisation_id, o.key, o.at, o.trace_id, o.body
           from outbox o
           where (o.xid, o.seq) > (coalesce((select xid from outbox_cursor where consumer = $1), '0'),
                                   coalesce((select seq from outbox_cursor where consumer = $1), 0))
             and o.xid < pg_snapshot_xmin(pg_current_snapshot())
           order by o.xid, o.seq limit $2`,
    values: [consumer, batchSize],
  })
  const last = rows.at(-1)
  return {
    facts: rows.map(readFact),
    held: last === undefined && (await somethingWaits(producer, consumer)),
    async advance() {
      if (!last) return
      await producer.pool.query(
        `insert into outbox_cursor (consumer, xid, seq) values ($1, $2, $3)
         on conflict (consumer) do update set xid = excluded.xid, seq = excluded.seq`,
        [consumer, last.xid, last.seq],
      )
    },
  }
}

async function somethingWaits(producer: PlatformDatabase, consumer: string): Promise<boolean> {
  const { rows } = await producer.pool.query<{ waits: boolean }>({
    name: 'outbox-waits',
    text: `select exists (
             select from outbox o
             where (o.xid, o.seq) > (coalesce((select xid from outbox_cursor where consumer = $1), '0'),
                                     coalesce((select seq from outbox_cursor where consumer = $1), 0))) as waits`,
    values: [consumer],
  })
  return rows[0]?.waits ?? false
}
