import type { Call } from '@pe/contracts/actor.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { type Books, positionRules, refusedUncovered } from '../coverage.ts'
import type { ChangedEntry } from '../facts.ts'
import { orRefuseClosed } from '../periods/closed-periods.ts'
import { readUnitBook } from '../store/ledger-with-actions.ts'
import { markVoid } from '../store/saved-transaction.ts'
import { postedGroups, standingUnits } from '../store/staged-rows.ts'
import type { CoreTables } from '../store/tables.ts'
import { accountsOf, journal, ledgerEntryOf } from '../store/transactions.ts'
import { orRefuseLotsOf } from './lots-of-import.ts'
import { byDay } from './staging/by-day.ts'
import { joinedInstruments, uncoveredWithout } from './staging/joined-by-actions.ts'
import { changedEntryOf } from './staging/record-staged.ts'
import { entryOf, legsOf, uncoveredLeg } from './staging/staged-coverage.ts'

/** Rows of an import that are voided in memory; of more only the ids of a piece are. */
const mostInMemory = 10_000
const pieceLength = 2500

export interface VoidedImport {
  readonly count: number
  /** Which books have changed, from which day on. */
  readonly changed: readonly ChangedEntry[]
}

/** Voids what an import recorded; refused as a whole where something that stays needs its units, or where a period is closed. */
export async function voidImport(
  core: CoreDeps,
  tx: WriteTx<CoreTables>,
  call: Call,
  books: Books,
  importId: string,
): Promise<VoidedImport> {
  const found = await tx.sql
    .selectFrom('transaction')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('import_id', '=', importId)
    .where('state', '<>', 'void')
    .executeTakeFirst()
  const count = found?.count ?? 0
  const changed =
    count > mostInMemory ? await voidInPieces(core, tx, call, books, importId) : await voidAtOnce(core, tx, call, books, importId)
  return { count, changed }
}

const voiding = (core: CoreDeps, call: Call) => ({ reason: 'import undone', at: core.clock.now(), by: call.actor.userId })

async function voidAtOnce(core: CoreDeps, tx: WriteTx<CoreTables>, call: Call, books: Books, importId: string): Promise<ChangedEntry[]> {
  const rows = await journal(tx.sql, call.actor).where('import_id', '=', importId).where('state', '<>', 'void').execute()
  const posted = rows.filter(({ state }) => state === 'posted').map(ledgerEntryOf)
  await orRefuseClosed(core, tx, call, posted)
  const instrumentIds = [...new Set(posted.flatMap(({ instrumentId, quantity }) => (instrumentId && quantity ? [instrumentId] : [])))]
  const gone = new Set(posted.map(({ id }) => id))
  const { entries: standing, actions } = await readUnitBook(tx.sql, call.actor, [...new Set(posted.flatMap(accountsOf))], instrumentIds)
  const left = standing.filter(({ id }) => !gone.has(id))
  const found = uncoveredEntries(withActions(left, actions), positionRules(books, actions.length > 0 ? undefined : posted)).next().value
  if (found) throw await refusedUncovered(core, call, books, found)
  await orRefuseLotsOf(tx.sql, call, importId, [...books.keys()])
  await markVoid(
    tx,
    rows.map(({ id }) => id),
    voiding(core, call),
  )
  return posted
}

async function voidInPieces(core: CoreDeps, tx: WriteTx<CoreTables>, call: Call, books: Books, importId: string): Promise<ChangedEntry[]> {
  const changed = (await postedGroups(tx.sql, 'transaction', importId)).map(changedEntryOf)
  await orRefuseClosed(core, tx, call, changed)
  await orRefuseNeeded(core, tx.sql, call, books, changed, importId)
  await orRefuseLotsOf(tx.sql, call, importId, [...books.keys()])
  type Last = { id: string; date: string; sequence: string }
  for (let last: Last | undefined; ; ) {
    const rows: Last[] = await tx.sql
      .selectFrom('transaction')
      .select(['id', sql<string>`date::text`.as('date'), sql<string>`sequence::text`.as('sequence')])
      .where('organisation_id', '=', call.actor.organisationId)
      .where('import_id', '=', importId)
      .where('state', '<>', 'void')
      .$if(last !== undefined, (query) =>
        query.where(
          sql<boolean>`(transaction.date, transaction.sequence, id) > (${last?.date}::date, ${last?.sequence}::bigint, ${last?.id}::uuid)`,
        ),
      )
      .orderBy('transaction.date')
      .orderBy('transaction.sequence')
      .orderBy('id')
      .limit(pieceLength)
      .execute()
    await markVoid(
      tx,
      rows.map(({ id }) => id),
      voiding(core, call),
    )
    if (rows.length < pieceLength) return changed
    last = rows.at(-1)
  }
}

/** Walks over what stays in the positions that the import touches, a page at a time. */
async function orRefuseNeeded(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  books: Books,
  changed: readonly ChangedEntry[],
  importId: string,
): Promise<void> {
  const touched = new Set(
    changed.flatMap(({ accountId, toAccountId, instrumentId }) => [accountId, toAccountId].map((id) => `${id}\n${instrumentId}`)),
  )
  const held = new Map<string, Decimal>()
  const accountIds = [...new Set(changed.flatMap((entry) => accountsOf(entry)))]
  const joined = await joinedInstruments(db, call, accountIds)
  const without = await uncoveredWithout(db, call, importId, books, accountIds, joined)
  if (without) throw await refusedUncovered(core, call, books, without)
  const nothing = (async function* () {})()
  for await (const day of byDay(standingUnits(db, call.actor, accountIds, { recordedBy: importId }), nothing)) {
    for (const entry of inOrder<LedgerTransaction>(day.filter(({ instrumentId }) => !joined.has(instrumentId)).map(entryOf))) {
      const legs = legsOf(entry).filter(({ key }) => touched.has(key))
      const uncovered = uncoveredLeg(entry, legs, held, (id) => books.get(id)?.allowsShort ?? true)
      if (uncovered) throw await refusedUncovered(core, call, books, uncovered.found)
      for (const { key, amount } of legs) held.set(key, (held.get(key) ?? Decimal.zero).plus(amount))
    }
  }
}
