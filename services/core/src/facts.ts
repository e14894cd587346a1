import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { earlier, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { bumpBooks } from './store/accounts.ts'
import { gatherAccounts, groupsOf } from './store/groups.ts'
import type { CoreTables } from './store/tables.ts'
import { accountsOf } from './store/transactions.ts'

type Tx = WriteTx<CoreTables>

/** Facts of one account arrive in the order in which they were announced. */
const keyOf = (tx: Tx, id: string): string => `${tx.actor.organisationId}:${id}`

/** What a change of the ledger says of an entry: who takes part, from which day on, in which instrument. */
export type ChangedEntry = Pick<LedgerTransaction, 'date' | 'accountId' | 'cashAccountId' | 'toAccountId' | 'instrumentId'>

/**
 * Says of every account that takes part in these posted entries (added or taken away) that its book has changed, from which day on and in
 * which instruments, under its new version (`counted` where the change was counted already). One fact per account, however many entries.
 */
export async function announceLedgerChange(tx: Tx, entries: Iterable<ChangedEntry>, counted?: ReadonlyMap<string, number>): Promise<void> {
  const changes = new Map<string, { instrumentIds: Set<string>; effectiveFrom: PlainDate }>()
  for (const entry of entries) {
    for (const accountId of accountsOf(entry)) {
      const change = changes.get(accountId) ?? { instrumentIds: new Set(), effectiveFrom: entry.date }
      changes.set(accountId, change)
      change.effectiveFrom = earlier(change.effectiveFrom, entry.date)
      if (entry.instrumentId) change.instrumentIds.add(entry.instrumentId)
    }
  }
  if (changes.size === 0) return
  const versions = counted ?? (await bumpBooks(tx.sql, [...changes.keys()]))
  for (const [accountId, { instrumentIds, effectiveFrom }] of changes) {
    const version = versions.get(accountId)
    if (version === undefined) throw new Error(`account ${accountId} has no book`)
    await tx.announce('transaction-recorded', keyOf(tx, accountId), {
      accountId,
      version,
      instrumentIds: [...instrumentIds],
      effectiveFrom,
    })
  }
}

export async function announceAccountChange(tx: Tx, accountId: string): Promise<void> {
  await tx.announce('account-changed', keyOf(tx, accountId), { accountId })
}

export async function announceTaxonomyChange(tx: Tx, taxonomyId: string): Promise<void> {
  await tx.announce('taxonomy-changed', keyOf(tx, taxonomyId), { taxonomyId })
}

/** Groups that the portfolio stands in show its accounts too: they follow, and are announced with it. */
export async function announcePortfolioChange(tx: Tx, portfolioId: string): Promise<void> {
  await tx.announce('portfolio-changed', keyOf(tx, portfolioId), { portfolioId })
  for (const groupId of await groupsOf(tx.sql, portfolioId)) {
    await gatherAccounts(tx.sql, groupId)
    await tx.announce('portfolio-changed', keyOf(tx, groupId), { portfolioId: groupId })
  }
}
