import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Call } from '@pe/contracts/actor.ts'
import { bookFormat, bookVersion, type MarketSection, marketSections } from '@pe/contracts/book-export.ts'
import type { BytesReply } from '@pe/contracts/route.ts'
import { sql } from 'kysely'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { bookTables } from './book-tables.ts'
import { MarketRows } from './market-rows.ts'
import { type ToldRow, toldRows } from './told-rows.ts'

/** Text handed on at once. */
const pieceLength = 64 * 1024

/**
 * The whole book as it stands at one moment (a snapshot of core's tables; market is asked meanwhile), as the caller reads it. A caller who
 * stands still for ten minutes is cut off.
 */
export async function exportBook(core: CoreDeps, call: Call): Promise<BytesReply> {
  const stream = new PassThrough()
  const exportedAt = core.clock.now()
  const told = core.db.snapshot(async (db) => {
    await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(db)
    await pipeline(Readable.from(inPieces(bookText(core, db, call, exportedAt))), stream)
  })
  told.catch((trouble: unknown) => {
    // Who stops reading has ended it.
    if (!stream.destroyed) stream.destroy(trouble instanceof Error ? trouble : new Error(String(trouble)))
  })
  return { contentType: 'application/json', fileName: `book-${exportedAt.slice(0, 10)}.json`, stream }
}

/** One row to a line. */
async function* bookText(core: CoreDeps, db: CoreSql, call: Call, exportedAt: string): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: bookFormat, version: bookVersion, exportedAt }).slice(0, -1)}`
  const market = new MarketRows(core, call)
  for (const section of Object.keys(marketSections) as MarketSection[]) yield* list(section, market.of(section, db))
  for (const table of bookTables) yield* list(table.section, toldRows(db, call.actor, table))
  yield '\n}\n'
}

async function* list(name: string, rows: AsyncIterable<ToldRow>): AsyncGenerator<string> {
  yield `,\n"${name}":[`
  let separator = '\n'
  for await (const row of rows) {
    yield separator + JSON.stringify(row)
    separator = ',\n'
  }
  yield separator === '\n' ? ']' : '\n]'
}

async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = ''
  for await (const text of texts) {
    piece += text
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  yield piece
}
