import type { Message } from '@pe/contracts/commands.ts'
import type { PlatformDatabase } from '../db/service-database.ts'
import { type OutboxRow, readMessage } from './outbox-row.ts'

export interface OutboxBatch {
  readonly messages: readonly Message[]
  /** Nothing may be read yet, though something is there: an older transaction is still running. */
  readonly held: boolean
  /** Remembers that these messages have been heard. */
  advance(): Promise<void>
}

const batchSize = 500
/** Bytes of bodies, as they are stored: a command may have ten thousand rows. One message is read whatever its size. */
const mostBytes = 4_000_000

/**
 * The next messages for a listener. `seq` is not the order of commits: a transaction that began earlier may commit a lower number
 * later. So they are read in the order of (xid, seq), and only below the oldest transaction that still runs. Of
 * those that the listener does not want only the place is read.
 */
export async function readOutbox(producer: PlatformDatabase, consumer: string, wanted: readonly string[]): Promise<OutboxBatch> {
  const { rows } = await producer.pool.query<OutboxRow>({
    name: 'read-outbox',
    text: `with next as (
             select o.*, case when o.name = any($3) then pg_column_size(o.body) else 0 end as bytes
             from outbox o
             where (o.xid, o.seq) > (coalesce((select xid from outbox_cursor where consumer = $1), '0'),
                                     coalesce((select seq from outbox_cursor where consumer = $1), 0))
               and o.xid < pg_snapshot_xmin(pg_current_snapshot())
             order by o.xid, o.seq limit $2
           ), summed as (select next.*, sum(bytes) over (order by xid, seq) - bytes as before from next)
           select seq, xid::text as xid, id, name, organisation_id, key, at, trace_id, case when bytes > 0 then body end as body
           from summed where before <= $4 order by summed.xid, seq`,
    values: [consumer, batchSize, wanted, mostBytes],
  })
  const last = rows.at(-1)
  return {
    messages: rows.map(readMessage),
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
