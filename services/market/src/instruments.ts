import type { Call } from '@pe/contracts/actor.ts'
import type { Instrument, marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import type { MarketDeps } from './market-deps.ts'
import { readInstrument, readInstruments } from './store/instruments.ts'

/** By name. */
export async function listInstruments(
  market: MarketDeps,
  { query }: Input<typeof marketRoutes.listInstruments>,
  call: Call,
): Promise<Reply<typeof marketRoutes.listInstruments>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isNamePlace)
  const rows = await readInstruments(market.db.sql, call.actor, { text: query.text, after, limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ name, id }) => [name.toLowerCase(), id]) }
}

export async function getInstrument(
  market: MarketDeps,
  { params }: Input<typeof marketRoutes.getInstrument>,
  call: Call,
): Promise<Instrument> {
  return await readInstrument(market.db.sql, call.actor, params.instrumentId)
}

function isNamePlace([name, id, ...more]: Cursor): boolean {
  return name !== undefined && /^[0-9a-f-]{36}$/.test(id ?? '') && more.length === 0
}
