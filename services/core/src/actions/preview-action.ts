import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { UnitCounts } from '@pe/finance/ledger/unit-counts.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { booksOf } from '../store/accounts.ts'
import { accountsNaming } from '../store/action-applications.ts'
import { readUnitBook, wholeLedger } from '../store/ledger-with-actions.ts'
import { beforeAndAfter, effectsOf } from './effects.ts'
import { judgedApplication, orRefuseApplied, partiesOf, standingAction } from './judged-application.ts'

/** What applying would do to each account; refused where applying would be. Nothing is written. */
export async function previewAction(
  core: CoreDeps,
  { params, body }: Input<typeof coreRoutes.previewAction>,
  call: Call,
): Promise<Reply<typeof coreRoutes.previewAction>> {
  const action = await standingAction(core, call, params.actionId)
  return await core.db.snapshot(async (db) => {
    const choices = body.accounts ?? (await holders(db, call, action)).map((accountId) => ({ accountId }))
    const books = await booksOf(db, call.actor, partiesOf(choices))
    const applied = await judgedApplication(db, call, core.ids.next(), action, choices)
    const ledgers = await beforeAndAfter(db, call, applied)
    await orRefuseApplied(core, db, call, books, applied, ledgers)
    return { effects: await effectsOf(core, db, call, books, applied, ledgers) }
  })
}

/** Accounts that hold the instrument when the ex-date begins, that were not archived before and that the action was not applied to yet. */
async function holders(db: CoreSql, call: Call, action: CorporateAction): Promise<string[]> {
  const { named, applied } = await accountsNaming(db, call.actor, action)
  const counts = new UnitCounts()
  for (const entry of wholeLedger(await readUnitBook(db, call.actor, named, [action.instrumentId]))) {
    if (entry.date > action.exDate || (entry.date === action.exDate && !entry.id.includes('/'))) break
    counts.apply(entry)
  }
  const holding = named.filter((accountId) => !applied.has(accountId) && !counts.unitsIn(accountId, action.instrumentId).isZero())
  const books = await booksOf(db, call.actor, holding)
  return holding.filter((accountId) => action.exDate <= (books.get(accountId)?.archivedOn ?? action.exDate))
}
