import type { Call } from '@pe/contracts/actor.ts'
import type { Close, marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { isPlainDate, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { sql } from 'kysely'
import type { MarketDeps } from './market-deps.ts'
import { readInstrument } from './store/instruments.ts'

/** Newest first. */
export async function listCloses(
  market: MarketDeps,
  { params: { instrumentId }, query }: Input<typeof marketRoutes.listCloses>,
  call: Call,
): Promise<Reply<typeof marketRoutes.listCloses>> {
  await readInstrument(market.db.sql, call.actor, instrumentId)
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isDay)
  const rows: Close[] = await market.db.sql
    .selectFrom('close')
    .select([sql<PlainDate>`day::text`.as('date'), sql<string>`trim_scale(close)::text`.as('close')])
    .where('instrument_id', '=', instrumentId)
    .$if(query.from !== undefined, (list) => list.where('day', '>=', query.from ?? ''))
    .$if(query.to !== undefined, (list) => list.where('day', '<=', query.to ?? ''))
    .$if(after !== undefined, (list) => list.where('day', '<', after?.[0] ?? ''))
    .orderBy('day', 'desc')
    .limit(limit + 1)
    .execute()
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ date }) => [date]) }
}

function isDay([day, ...more]: Cursor): boolean {
  return isPlainDate(day ?? '') && more.length === 0
}
