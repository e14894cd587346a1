import { setImmediate as takeTurns } from 'node:timers/promises'
import type { Call } from '@pe/contracts/actor.ts'
import type { BatchTransaction } from '@pe/contracts/batches.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { type Uncovered, uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { unmatchedRefusal } from '@pe/finance/lots/chosen-lots.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { lastTaker } from '../actions/sources-of.ts'
import { chargeRates } from '../charge-rates.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { positionRules, uncoveredRefusals } from '../coverage.ts'
import { closedPeriods, closedRefusal } from '../periods/closed-periods.ts'
import { archiveDays, openingDays, statementOf } from '../statement.ts'
import { addExported, recordedKeys } from '../store/batches.ts'
import { readUnitBook } from '../store/ledger-with-actions.ts'
import type { CheckedRow, JudgedRow } from './checked-row.ts'
import type { AccountPlan } from './plan-accounts.ts'
import { unmatchedRows } from './unmatched-rows.ts'

/** What a batch would do, row by row in the order of the file, and what it would save, in ledger order. */
export interface CheckedRows {
  readonly judged: readonly JudgedRow[]
  readonly accepted: readonly CheckedRow[]
}

/** Others are served in between: a hundred thousand rows at once would keep everybody waiting for a second. */
const rowsPerTurn = 1000

/**
 * Judges every row: known already, refused by the rules for its fields, or refused because the account does not hold what it gives away.
 * A file lists a day in no meaningful order, so what comes in goes before what leaves. `nextId` names what would be saved.
 */
export async function checkRows(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  plan: AccountPlan,
  rows: readonly BatchTransaction[],
  nextId: () => string,
): Promise<CheckedRows> {
  const judged: JudgedRow[] = []
  const standing = plan.accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  const keys = await recordedKeys(db, call.actor, standing)
  await addExported(
    db,
    call.actor,
    standing,
    rows.map(({ sourceKey }) => sourceKey),
    keys,
  )
  const fitting = await fittingRows(core, db, call, plan, rows, nextId, judged, keys)
  const refused = new Set(judged.flatMap(({ row, result }) => (result === 'refused' ? row : [])))
  await takeTurns()
  const ordered = inFileOrder(withoutRows(fitting, refused))
  await takeTurns()
  const accepted = await coveredRows(core, db, call, plan, ordered, judged)
  await takeTurns()
  for (const { row } of accepted) judged.push({ row, result: 'recorded' })
  return { judged: judged.sort((a, b) => a.row - b.row), accepted }
}

/** Rows that are new and whose fields are right; the others are judged. `keysOf` has the source keys that are taken, by account, and grows. */
export async function fittingRows(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  plan: AccountPlan,
  rows: readonly BatchTransaction[],
  nextId: () => string,
  judged: JudgedRow[],
  keysOf: Map<string, Set<string>>,
): Promise<CheckedRow[]> {
  const idOf = new Map(plan.accounts.map(({ key, id }) => [key, id]))
  const currencyOf = new Map(plan.accounts.map(({ key, id }) => [key, plan.books.get(id)?.currency]))
  const charged = rows.filter(({ charges }) => charges).map((row) => ({ ...row, currency: row.currency ?? currencyOf.get(row.accountKey) }))
  const converter = await chargeRates(core, call, charged)
  const rules = {
    today: core.clock.today(call.actor.timeZone),
    openedOn: openingDays(plan.books),
    archivedOn: archiveDays(plan.books),
    converter,
  }
  const lockOver = call.override === undefined ? await closedPeriods(db, call, [...plan.books.keys()]) : () => undefined
  const fitting: CheckedRow[] = []
  for (const [at, stated] of rows.entries()) {
    if (at % rowsPerTurn === rowsPerTurn - 1) await takeTurns()
    const { row, sourceKey } = stated
    const accountId = idOf.get(stated.accountKey)
    const cashAccountId = stated.cashAccountKey === undefined ? undefined : idOf.get(stated.cashAccountKey)
    const toAccountId = stated.toAccountKey === undefined ? undefined : idOf.get(stated.toAccountKey)
    const account = accountId === undefined ? undefined : plan.books.get(accountId)
    if (
      accountId === undefined ||
      !account ||
      (stated.cashAccountKey !== undefined && cashAccountId === undefined) ||
      (stated.toAccountKey !== undefined && toAccountId === undefined)
    ) {
      judged.push({ row, result: 'refused', code: 'not_found', detail: 'the row names an account that the batch does not bring along' })
      continue
    }
    const seen = keysOf.get(accountId) ?? new Set()
    keysOf.set(accountId, seen)
    if (seen.has(sourceKey)) {
      judged.push({ row, result: 'duplicate' })
      continue
    }
    const outcome = statementOf(nextId(), { accountId, cashAccountId, toAccountId }, stated, account.currency, rules)
    if (!outcome.accepted) {
      judged.push({ row, result: 'refused', ...outcome.refusal })
      continue
    }
    const { entry, state } = outcome.value
    const archived = archivedRefusal(plan, entry.date)
    if (archived) {
      judged.push({ row, result: 'refused', ...archived })
      continue
    }
    const lock = state === 'posted' ? lockOver(entry) : undefined
    if (lock) {
      judged.push({ row, result: 'refused', ...closedRefusal(lock, entry.date) })
      continue
    }
    seen.add(sourceKey)
    fitting.push({ row, sourceKey, statement: outcome.value })
  }
  return fitting
}

/**
 * Rows that give away only what is there, by units and by the lots that they choose; the others are judged. A transfer that is refused for
 * its lots may leave another row without units: then it is looked again.
 */
async function coveredRows(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  plan: AccountPlan,
  ordered: readonly CheckedRow[],
  judged: JudgedRow[],
): Promise<CheckedRow[]> {
  let left = [...ordered]
  for (;;) {
    const uncovered = await uncoveredRows(db, call, plan, left)
    const refusals = await uncoveredRefusals(core, call, plan.books, [...uncovered.values()])
    for (const [at, { row }] of [...uncovered.keys()].entries()) {
      judged.push({ row, result: 'refused', ...refusals[at] })
    }
    const covered = withoutRows(left, rowsOf(uncovered.keys()))
    const hasMoreGone = covered.length < left.length - uncovered.size
    left = covered
    // the other transaction of a refused row may have brought what a third one gives away
    if (hasMoreGone) continue
    const unmatched = await unmatchedRows(db, call, plan, left)
    if (unmatched.size === 0) return left
    for (const [{ row }, found] of unmatched) {
      judged.push({ row, result: 'refused', ...unmatchedRefusal(found) })
    }
    left = withoutRows(left, rowsOf(unmatched.keys()))
  }
}

/** A row of two transactions is recorded whole or not at all. */
function withoutRows(rows: readonly CheckedRow[], refused: ReadonlySet<number>): CheckedRow[] {
  return refused.size === 0 ? [...rows] : rows.filter(({ row }) => !refused.has(row))
}

function rowsOf(rows: Iterable<CheckedRow>): Set<number> {
  return new Set(Array.from(rows, ({ row }) => row))
}

/** An archived portfolio takes nothing more, though an account of it may stand in others. */
function archivedRefusal({ portfolio }: AccountPlan, date: PlainDate) {
  if (!portfolio?.archivedOn || date <= portfolio.archivedOn) return null
  const facts = { date, archived: portfolio.archivedOn, name: portfolio.name }
  const detail = `${date} is after the portfolio ${portfolio.name} was archived on ${portfolio.archivedOn}`
  return { code: 'portfolio_archived', detail, facts } as const
}

function inFileOrder(rows: readonly CheckedRow[]): CheckedRow[] {
  const byEntry = new Map<LedgerTransaction, CheckedRow>()
  for (const row of rows) byEntry.set(row.statement.entry, row)
  const ordered: CheckedRow[] = []
  for (const entry of inOrder(byEntry.keys(), 'inbound-first')) ordered.push(byEntry.get(entry) as CheckedRow)
  return ordered
}

/**
 * Rows that give away more than there is. Where a row leaves a sale uncovered that stands in the book already, the last such row before it
 * is the one to refuse: what is recorded stays right.
 */
async function uncoveredRows(
  db: CoreSql,
  call: Call,
  plan: AccountPlan,
  rows: readonly CheckedRow[],
): Promise<Map<CheckedRow, Uncovered<LedgerTransaction>>> {
  const posted = rows.filter(({ statement }) => statement.state === 'posted' && statement.entry.quantity)
  const candidates = new Map(posted.map((row) => [row.statement.entry, row]))
  const instrumentIds = [...new Set([...candidates.keys()].flatMap(({ instrumentId }) => instrumentId ?? []))]
  const standingIds = plan.accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  const { entries: standing, actions } = await readUnitBook(db, call.actor, standingIds, instrumentIds)
  const refused = new Map<CheckedRow, Uncovered<LedgerTransaction>>()
  const rules = positionRules(plan.books)
  const joined = new Set(actions.flatMap(({ instrumentId, intoInstrumentId }) => [instrumentId, intoInstrumentId]))
  for (let settled = false; !settled; ) {
    settled = true
    await takeTurns()
    const left = [...candidates.keys()]
    for (const found of uncoveredEntries(withActions(inOrder([...standing, ...left]), actions), rules)) {
      const own = candidates.get(found.entry)
      const taker = own ? undefined : lastTaker(candidates.keys(), found, actions)
      const guilty = own ?? (taker && candidates.get(taker))
      if (!guilty) continue
      refused.set(guilty, found)
      candidates.delete(guilty.statement.entry)
      // What actions bring was figured with it: without it they bring something else.
      if (own && !joined.has(found.instrumentId)) continue
      settled = false
      break
    }
  }
  return refused
}
