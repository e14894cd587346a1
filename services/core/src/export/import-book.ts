import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreDeps } from '../core-deps.ts'
import { draftPlansJob } from '../plans/draft-plans.ts'
import { announceBook } from './announce-book.ts'
import { beginChainsOfBook } from './begin-chains.ts'
import { bookRows, type CheckedBook, checkBookFile } from './book-file.ts'
import { inPieces, orRefuseOtherInstruments, restoreMarket } from './restore-market.ts'
import { insertRows, isEmpty, moveSequences } from './restore-rows.ts'

/** A book of a million transactions takes about 700 MB. */
const maxFileBytes = 4_000_000_000
const rowsAtOnce = 1000

/**
 * Takes a whole book in, under its own ids, or nothing of it. The file is kept while it is read: once to check every row, then for market's
 * part, then for core's in one database transaction. Where that fails market keeps instruments that nobody names; the same file may be
 * handed in again.
 */
export async function importBook(
  core: CoreDeps,
  { body }: Input<typeof coreRoutes.importBook>,
  call: Call,
): Promise<Reply<typeof coreRoutes.importBook>> {
  const file = `books/${core.ids.next()}`
  await core.files.put(file, body, { maxBytes: maxFileBytes })
  try {
    await orRefuseNotEmpty(core, call)
    const checked = await checkBookFile(await core.files.get(file))
    await orRefuseOtherInstruments(core, call, checked.instrumentIds)
    await restoreMarket(core, call, bookRows(await core.files.get(file)))
    await orRefuseUnfit(restoreBook(core, call, file))
    return replyOf(checked)
  } finally {
    await core.files.delete(file)
  }
}

async function restoreBook(core: CoreDeps, call: Call, file: string): Promise<void> {
  const { actor } = call
  await core.db.write({ call, action: 'book.import', subject: `organisation:${actor.organisationId}` }, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`book of ${actor.organisationId}`}, 0))`.execute(tx.sql)
    await orRefuseNotEmpty(core, call)
    await sql`set constraints all deferred`.execute(tx.sql)
    for await (const { section, rows } of inPieces(bookRows(await core.files.get(file)), () => rowsAtOnce))
      await insertRows(tx, section, rows)
    await sql`set constraints all immediate`.execute(tx.sql)
    await moveSequences(tx.sql)
    await beginChainsOfBook(tx, core.clock.now())
    await announceBook(tx)
    await core.queue.add(draftPlansJob, {}, { key: 'next', tx })
  })
}

async function orRefuseNotEmpty({ db }: CoreDeps, { actor }: Call): Promise<void> {
  if (!(await isEmpty(db.sql, actor)))
    throw new Refused('book_not_empty', 'this instance is not empty: accounts, portfolios or taxonomies stand here')
}

/** What the tables themselves refuse: a row given twice, a link that leads nowhere, a number too large. */
async function orRefuseUnfit(done: Promise<void>): Promise<void> {
  await done.catch((trouble: unknown) => {
    const { code, message, detail, table } = (trouble ?? {}) as { code?: unknown; message?: string; detail?: string; table?: string }
    if (!(trouble instanceof Refused) && typeof code === 'string' && /^2[23]...$/.test(code))
      throw new Refused('file_broken', [table, message, detail].filter(Boolean).join(': '), [], trouble)
    throw trouble
  })
}

function replyOf({ exportedAt, rows }: CheckedBook): Reply<typeof coreRoutes.importBook> {
  const count = (section: string): number => rows.get(section) ?? 0
  return {
    accounts: count('accounts'),
    portfolios: count('portfolios'),
    transactions: count('transactions'),
    instruments: count('instruments'),
    exportedAt,
  }
}
