import type { Call } from '@pe/contracts/actor.ts'
import type { LegOf } from '@pe/contracts/transactions.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import type { CoreDeps } from './core-deps.ts'
import { type Books, orRefuseUncovered, type Places } from './coverage.ts'
import { announceLedgerChange } from './facts.ts'
import { orRefuseClosed } from './periods/closed-periods.ts'
import type { Statement } from './statement.ts'
import { placedOn } from './store/places.ts'
import type { NewRow } from './store/recorded-row.ts'
import { insertTransactions, linkReplacement, markVoid } from './store/saved-transaction.ts'
import type { CoreTables } from './store/tables.ts'
import { ledgerEntryOf, type TransactionRow } from './store/transactions.ts'

/** A statement that is to be recorded, with the event that it is a leg of. */
export interface Successor {
  readonly statement: Statement
  readonly event: LegOf | null
}

/**
 * Voids what stands (a transaction, or all legs of an event) and records others in its place, in one step. They take its place in the
 * ledger, its import and its source key, so that neither a second import nor an undo is misled. Both happen at one moment: at no moment
 * is neither known, or both.
 */
export async function putInPlace(
  core: CoreDeps,
  tx: WriteTx<CoreTables>,
  call: Call,
  books: Books,
  { old, next, reason }: { readonly old: readonly TransactionRow[]; readonly next: readonly Successor[]; readonly reason: string | null },
): Promise<void> {
  const removed = old.filter(({ state }) => state === 'posted').map(ledgerEntryOf)
  const added = next.filter(({ statement }) => statement.state === 'posted').map(({ statement }) => statement.entry)
  await orRefuseClosed(core, tx, call, [...removed, ...added])
  const { rows, places } = await successorRows(tx, books, old, next)
  await orRefuseUncovered(core, tx.sql, call, books, { added, removed, places })

  const at = core.clock.now()
  const standing = old.filter(({ state }) => state !== 'void').map(({ id }) => id)
  await markVoid(tx, standing, { reason, at, by: call.actor.userId })
  await insertTransactions(tx, at, rows)
  for (const row of old) {
    const counter = counterpart(next, row.leg, ({ event }) => event?.leg)
    await linkReplacement(tx, row.id, counter.statement.entry.id, at)
  }
  await announceLedgerChange(tx, [...removed, ...added])
}

/**
 * Each takes over from the leg of its name, else from the first. A source key stands once, and so does a place: where another has come to
 * stand (of a correction and what it corrected both may be reinstated), the next one of the day is taken.
 */
async function successorRows(
  tx: WriteTx<CoreTables>,
  books: Books,
  old: readonly TransactionRow[],
  next: readonly Successor[],
): Promise<{ rows: NewRow[]; places: Places }> {
  const replaced = new Set(old.map(({ id }) => id))
  const days = [...new Set(old.map(({ date }) => date))]
  const standing = (await placedOn(tx.sql, tx.actor, [...books.keys()], days)).filter(({ id }) => !replaced.has(id))
  const taken = new Set(standing.map(({ sequence }) => sequence))
  const places = new Map(standing.map(({ id, sequence }) => [id, BigInt(sequence)]))
  const rows = rowsAfter(old, next).map((row) => (row.sequence !== null && taken.has(row.sequence) ? { ...row, sequence: null } : row))
  for (const { id, sequence } of rows) if (sequence !== null) places.set(id, BigInt(sequence))
  return { rows, places }
}

function rowsAfter(old: readonly TransactionRow[], next: readonly Successor[]): NewRow[] {
  const sourceKey = old.find((row) => row.sourceKey !== null)?.sourceKey ?? null
  return next.map(({ statement, event }, at) => {
    const before = counterpart(old, event?.leg, ({ leg }) => leg)
    return {
      id: statement.entry.id,
      statement,
      event,
      importId: before.importId,
      sourceKey: at === 0 ? sourceKey : null,
      replaces: before.id,
      sequence: before.date === statement.entry.date ? before.sequence : null,
    }
  })
}

function counterpart<T>(all: readonly T[], leg: string | null | undefined, legOf: (one: T) => string | null | undefined): T {
  const found = all.find((one) => leg && legOf(one) === leg) ?? all[0]
  if (!found) throw new Error('nothing to put in its place')
  return found
}
