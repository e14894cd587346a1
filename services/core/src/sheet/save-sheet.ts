import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { SheetLine } from '@pe/contracts/sheet.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { announceLedgerChange } from '../facts.ts'
import { orRefuseClosed } from '../periods/closed-periods.ts'
import { booksOf, lockBooks } from '../store/accounts.ts'
import { insertTransactions, linkReplacement, markVoid } from '../store/saved-transaction.ts'
import type { CoreTables } from '../store/tables.ts'
import { accountsOf, journal } from '../store/transactions.ts'
import { cashBelowZero } from './cash-below-zero.ts'
import { judgeLines, type Standing } from './judge-lines.ts'
import { addedBy, type JudgedLine, removedBy } from './judged-line.ts'

type Answer = Reply<typeof coreRoutes.saveSheet>

/** Records, corrects and voids many transactions in one step, or nothing of it when one line is refused; a dry run only tells. */
export async function saveSheet(core: CoreDeps, { body }: Input<typeof coreRoutes.saveSheet>, call: Call): Promise<Answer> {
  const { lines } = body
  if (new Set(lines.map(({ line }) => line)).size < lines.length) throw new Refused('bad_request', 'two lines have the same number')
  if (body.dryRun) {
    return await core.db.snapshot(async (db) => {
      const standing = await standingOf(db, call, lines)
      const books = await booksOf(db, call.actor, accountsNamed(lines, standing))
      const judged = await judgeLines(core, db, call, lines, standing, books)
      return { verdicts: judged.map((one) => verdictOf(one, true)), cashBelowZero: await cashBelowZero(core, db, call, judged) }
    })
  }
  return await core.db.write({ call, action: 'sheet.save', subject: `sheet:${core.ids.next()}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, accountsNamed(lines, await standingOf(tx.sql, call, lines)))
    const judged = await judgeLines(core, tx.sql, call, lines, await standingOf(tx.sql, call, lines), books)
    orRefuseLines(judged)
    const below = await cashBelowZero(core, tx.sql, call, judged)
    await save(core, tx, call, judged, body.reason ?? null)
    return { verdicts: judged.map((one) => verdictOf(one, false)), cashBelowZero: below }
  })
}

async function save(
  core: CoreDeps,
  tx: WriteTx<CoreTables>,
  call: Call,
  judged: readonly JudgedLine[],
  reason: string | null,
): Promise<void> {
  const [added, removed] = [judged.flatMap(addedBy), judged.flatMap(removedBy)]
  await orRefuseClosed(core, tx, call, [...removed, ...added])
  const at = core.clock.now()
  const gone = judged.flatMap(({ old }) => (old ? [old.id] : []))
  if (gone.length > 0) await markVoid(tx, gone, { reason, at, by: call.actor.userId })
  const rows = judged.flatMap(({ old, statement }) => {
    if (!statement) return []
    const sequence = old && old.date === statement.entry.date ? old.sequence : null
    return [
      {
        id: statement.entry.id,
        statement,
        importId: old?.importId ?? null,
        sourceKey: old?.sourceKey ?? null,
        replaces: old?.id ?? null,
        sequence,
      },
    ]
  })
  await insertTransactions(tx, at, rows)
  for (const { id, replaces } of rows) if (replaces !== null) await linkReplacement(tx, replaces, id, at)
  await announceLedgerChange(tx, [...removed, ...added])
}

function orRefuseLines(judged: readonly JudgedLine[]): void {
  const refused = judged.flatMap(({ line, refusal }) => (refusal ? [{ path: `line ${line}`, ...refusal }] : []))
  if (refused.length === 0) return
  const facts = { refused: String(refused.length), rows: String(judged.length) }
  throw new Refused('rows_in_error', `${refused.length} of ${judged.length} lines cannot be saved`, refused, undefined, facts)
}

function verdictOf({ line, old, statement, refusal }: JudgedLine, dryRun: boolean): Answer['verdicts'][number] {
  if (refusal) return { line, result: 'refused', transactionId: old?.id ?? null, ...refusal }
  const done = old === null ? 'recorded' : statement === null ? 'voided' : 'replaced'
  const transactionId = dryRun ? (old?.id ?? null) : (statement?.entry.id ?? old?.id ?? null)
  return { line, result: dryRun ? 'fits' : done, transactionId, code: null, detail: null }
}

/** The transactions that lines name, as they stand. */
async function standingOf(db: CoreSql, call: Call, lines: readonly SheetLine[]): Promise<Standing> {
  const ids = lines.flatMap(({ transactionId }) => transactionId ?? [])
  if (ids.length === 0) return new Map()
  const rows = await journal(db, call.actor).where(sql<boolean>`id = any(${ids}::uuid[])`).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

function accountsNamed(lines: readonly SheetLine[], standing: Standing): string[] {
  const named = new Set<string>()
  for (const { accountId, transaction } of lines) {
    for (const id of [accountId, transaction?.cashAccountId, transaction?.toAccountId]) if (id !== undefined) named.add(id)
  }
  for (const row of standing.values()) for (const id of accountsOf(row)) named.add(id)
  return [...named]
}
