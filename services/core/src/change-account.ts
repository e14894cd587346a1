import type { Account } from '@pe/contracts/accounts.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import { uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import { orRefuseFuture } from './change-portfolio.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import { type Books, positionRules, refusedUncovered } from './coverage.ts'
import { announceAccountChange } from './facts.ts'
import { type AccountBook, lockBooks, readAccount } from './store/accounts.ts'
import { sealAccounts } from './store/beside-rows.ts'
import { readUnitBook, wholeLedger } from './store/ledger-with-actions.ts'
import { pausePlansOf } from './store/plans.ts'
import { firstDayTouching, lastDayTouching } from './store/transactions.ts'
import { orRefuseName } from './unique-name.ts'

/** Renames an account or changes its rules; refused where what is recorded would break the new rule. */
export async function changeAccount(
  core: CoreDeps,
  { params: { accountId }, body, ifMatch }: Input<typeof coreRoutes.changeAccount>,
  call: Call,
): Promise<Account> {
  orRefuseFuture(core, call, body.archivedOn)
  return await core.db.write({ call, action: 'account.change', subject: `account:${accountId}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, [accountId])
    const account = books.get(accountId)
    if (!account) throw new Refused('not_found', 'there is no such account')
    if (account.version !== ifMatch) {
      throw new Refused('changed_meanwhile', `this account is in version ${account.version} now, not ${ifMatch}`)
    }
    if (body.openedOn !== undefined) await orRefuseEarlierEntries(tx.sql, call, accountId, body.openedOn)
    if (body.archivedOn) await orRefuseLaterEntries(tx.sql, call, accountId, body.archivedOn)
    if (body.allowsShort === false && account.allowsShort) await orRefuseShorts(core, tx.sql, call, books, account)
    await orRefuseName(body.name, () => saveChange(tx.sql, accountId, body))
    await sealAccounts(tx, core.clock.now(), 'account-changed', [accountId])
    if (body.archivedOn) await pausePlansOf(tx.sql, call.actor, accountId, body.archivedOn)
    await announceAccountChange(tx, accountId)
    return await readAccount(tx.sql, call.actor, accountId)
  })
}

async function orRefuseEarlierEntries(db: CoreSql, call: Call, accountId: string, openedOn: PlainDate): Promise<void> {
  const first = await firstDayTouching(db, call.actor, accountId)
  if (first !== null && first < openedOn) {
    const facts = { case: 'stands', date: first, opened: openedOn }
    const detail = `a transaction of ${first} stands in this account, before ${openedOn}`
    throw Refused.of({ code: 'date_before_account_opened', detail, facts })
  }
}

async function orRefuseLaterEntries(db: CoreSql, call: Call, accountId: string, archivedOn: PlainDate): Promise<void> {
  const last = await lastDayTouching(db, call.actor, accountId)
  if (last !== null && last > archivedOn) {
    const facts = { case: 'stands', date: last, archived: archivedOn }
    throw Refused.of({ code: 'account_archived', detail: `a transaction of ${last} stands in this account, after ${archivedOn}`, facts })
  }
}

async function orRefuseShorts(core: CoreDeps, db: CoreSql, call: Call, books: Books, account: AccountBook): Promise<void> {
  const ledger = wholeLedger(await readUnitBook(db, call.actor, [account.id]))
  const strict: Books = new Map([[account.id, { ...account, allowsShort: false }]])
  const found = uncoveredEntries(ledger, positionRules(strict)).next().value
  if (found) throw await refusedUncovered(core, call, books, found)
}

async function saveChange(db: CoreSql, accountId: string, change: Input<typeof coreRoutes.changeAccount>['body']): Promise<void> {
  const { name, openedOn, allowsShort, note, archivedOn } = change
  await db
    .updateTable('account')
    .set({
      version: sql`version + 1`,
      row_told: true,
      ...(name === undefined ? {} : { name }),
      ...(openedOn === undefined ? {} : { opened_on: openedOn }),
      ...(allowsShort === undefined ? {} : { allows_short: allowsShort }),
      ...(note === undefined ? {} : { note }),
      ...(archivedOn === undefined ? {} : { archived_on: archivedOn }),
    })
    .where('id', '=', accountId)
    .execute()
}
