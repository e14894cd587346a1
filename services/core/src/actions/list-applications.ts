import type { ActionApplication } from '@pe/contracts/action-applications.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { isPlainDate } from '@pe/finance/time/plain-date.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { sql } from 'kysely'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { type ApplicationRow, applicationRows, appliedOf, appliedTo } from '../store/action-applications.ts'
import { readUnitBook, wholeLedger } from '../store/ledger-with-actions.ts'
import { accountsOfPortfolio } from '../store/portfolios.ts'
import { instrumentsOf, legsIn } from './effects.ts'

/** Newest ex-date first, undone ones too. */
export async function listActionApplications(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.listActionApplications>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listActionApplications>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isPlace)
  return await core.db.snapshot(async (db) => {
    const ofPortfolio = query.portfolioId === undefined ? undefined : await accountsOfPortfolio(db, call.actor, query.portfolioId)
    const rows = await applicationRows(db, call.actor)
      .$if(ofPortfolio !== undefined, (list) => list.where(appliedTo(ofPortfolio ?? [])))
      .$if(query.accountId !== undefined, (list) => list.where(appliedTo([query.accountId ?? ''])))
      .$if(query.instrumentId !== undefined, (list) =>
        list.where(({ or, eb }) =>
          or([eb('instrument_id', '=', query.instrumentId ?? ''), eb('into_instrument_id', '=', query.instrumentId ?? '')]),
        ),
      )
      .$if(after !== undefined, (list) => list.where(sql<boolean>`(ex_date, id) < (${after?.[0]}::date, ${after?.[1]}::uuid)`))
      .orderBy('ex_date', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const items = await applicationsOf(db, call, rows.slice(0, limit))
    return { items, next: cursorAfter(rows, limit, ({ exDate, id }) => [exDate, id]) }
  })
}

/** Rows as the wire carries them, with what each brings into its accounts, or had brought until it was undone. */
export async function applicationsOf(db: CoreSql, call: Call, rows: readonly ApplicationRow[]): Promise<ActionApplication[]> {
  const standing = rows.filter(({ undoneAt }) => undoneAt === null).map(appliedOf)
  const accountIds = new Set(standing.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId)))
  const ledger = wholeLedger(await readUnitBook(db, call.actor, [...accountIds], [...new Set(standing.flatMap(instrumentsOf))]))
  return rows.map((row) => {
    const { actionId, appliedAt, appliedBy, undoneAt, undoneBy, undoneLegs } = row
    const { accounts, ...terms } = appliedOf(row)
    const legs = new Map((undoneLegs ?? legsIn(ledger, appliedOf(row))).map((own) => [own.accountId, own.legs]))
    const told = accounts.map((choice) => ({ ...choice, legs: [...(legs.get(choice.accountId) ?? [])] }))
    return { ...terms, actionId, accounts: told, appliedAt, appliedBy, undoneAt, undoneBy }
  })
}

function isPlace([day, id, ...more]: Cursor): boolean {
  return isPlainDate(day ?? '') && /^[0-9a-f-]{36}$/.test(id ?? '') && more.length === 0
}
