import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { isPlainDate } from '@pe/finance/time/plain-date.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { sql } from 'kysely'
import type { MarketDeps } from '../market-deps.ts'
import { actionOf, actionRows, readAction } from '../store/actions.ts'

/** Newest ex-date first; removed ones are left out. */
export async function listActions(
  market: MarketDeps,
  { query }: Input<typeof marketRoutes.listActions>,
  call: Call,
): Promise<Reply<typeof marketRoutes.listActions>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isPlace)
  const rows = await actionRows(market.db.sql, call.actor)
    .where('removed_at', 'is', null)
    .$if(query.instrumentId !== undefined, (list) =>
      list.where(({ or, eb }) =>
        or([eb('instrument_id', '=', query.instrumentId ?? ''), eb('into_instrument_id', '=', query.instrumentId ?? '')]),
      ),
    )
    .$if(query.from !== undefined, (list) => list.where('ex_date', '>=', query.from ?? ''))
    .$if(query.to !== undefined, (list) => list.where('ex_date', '<=', query.to ?? ''))
    .$if(after !== undefined, (list) => list.where(sql<boolean>`(ex_date, id) < (${after?.[0]}::date, ${after?.[1]}::uuid)`))
    .orderBy('ex_date', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return { items: rows.slice(0, limit).map(actionOf), next: cursorAfter(rows, limit, ({ exDate, id }) => [exDate, id]) }
}

export async function getAction(
  market: MarketDeps,
  { params }: Input<typeof marketRoutes.getAction>,
  call: Call,
): Promise<CorporateAction> {
  return await readAction(market.db.sql, call.actor, params.actionId)
}

function isPlace([day, id, ...more]: Cursor): boolean {
  return isPlainDate(day ?? '') && /^[0-9a-f-]{36}$/.test(id ?? '') && more.length === 0
}
