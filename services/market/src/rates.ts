import type { Call } from '@pe/contracts/actor.ts'
import type { DailyRate, marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { isPlainDate, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { sql } from 'kysely'
import type { MarketDeps } from './market-deps.ts'

/** Newest first; on one day by pair. */
export async function listRates(
  market: MarketDeps,
  { query }: Input<typeof marketRoutes.listRates>,
  call: Call,
): Promise<Reply<typeof marketRoutes.listRates>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isPlace)
  const rows: DailyRate[] = await market.db.sql
    .selectFrom('rate')
    .select([sql<PlainDate>`day::text`.as('date'), 'base', 'quote', sql<string>`trim_scale(rate)::text`.as('rate')])
    .where('organisation_id', '=', call.actor.organisationId)
    .$if(query.base !== undefined, (list) => list.where('base', '=', query.base ?? ''))
    .$if(query.quote !== undefined, (list) => list.where('quote', '=', query.quote ?? ''))
    .$if(query.from !== undefined, (list) => list.where('day', '>=', query.from ?? ''))
    .$if(query.to !== undefined, (list) => list.where('day', '<=', query.to ?? ''))
    .$if(after !== undefined, (list) => list.where(sql<boolean>`(day, base, quote) < (${after?.[0]}::date, ${after?.[1]}, ${after?.[2]})`))
    .orderBy('day', 'desc')
    .orderBy('base', 'desc')
    .orderBy('quote', 'desc')
    .limit(limit + 1)
    .execute()
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ date, base, quote }) => [date, base, quote]) }
}

function isPlace([day, base, quote, ...more]: Cursor): boolean {
  return isPlainDate(day ?? '') && /^[A-Z]{3}$/.test(base ?? '') && /^[A-Z]{3}$/.test(quote ?? '') && more.length === 0
}
