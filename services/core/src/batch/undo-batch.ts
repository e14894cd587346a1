import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { type Books, describeWithNames, positionRules } from '../coverage.ts'
import { announceAccountChange, announceLedgerChange, announcePortfolioChange, announceTaxonomyChange } from '../facts.ts'
import { orRefuseClosed } from '../periods/closed-periods.ts'
import { lockBooks } from '../store/accounts.ts'
import { accountsOfImport, batchStands, markBatchUndone, removeEmptyPortfolio, removeUnusedAccounts } from '../store/batches.ts'
import { removeImported } from '../store/imported-taxonomies.ts'
import { markVoid } from '../store/saved-transaction.ts'
import { countChange } from '../store/taxonomies.ts'
import { accountsOf, journal, ledgerEntryOf, unitEntries } from '../store/transactions.ts'

/**
 * Voids what an import recorded (corrected rows too) and takes away the accounts and the portfolio that it opened, where nothing else uses
 * them. Refused as a whole where something recorded later needs its units. Afterwards the same file can be imported again.
 */
export async function undoBatch(
  core: CoreDeps,
  { params: { importId } }: Input<typeof coreRoutes.undoBatch>,
  call: Call,
): Promise<Reply<typeof coreRoutes.undoBatch>> {
  return await core.db.write({ call, action: 'batch.undo', subject: `import:${importId}` }, async (tx) => {
    if (!(await batchStands(tx.sql, call.actor, importId))) throw new Refused('not_found', 'the book holds nothing of this import')
    const touched = await accountsOfImport(tx.sql, call.actor, importId)
    const books = await lockBooks(tx.sql, call.actor, touched)
    const rows = await journal(tx.sql, call.actor).where('import_id', '=', importId).where('state', '<>', 'void').execute()
    const posted = rows.filter(({ state }) => state === 'posted').map(ledgerEntryOf)
    await orRefuseClosed(core, tx, call, posted)
    await orRefuseNeeded(core, tx.sql, call, books, posted)

    const at = core.clock.now()
    await markVoid(
      tx,
      rows.map(({ id }) => id),
      { reason: 'import undone', at, by: call.actor.userId },
    )
    await announceLedgerChange(tx, posted)
    const removed = await removeUnusedAccounts(tx.sql, call.actor, importId, at)
    for (const accountId of removed.accountIds) await announceAccountChange(tx, accountId)
    for (const taxonomyId of await removeImported(tx.sql, call.actor, importId, removed.accountIds)) {
      await countChange(tx.sql, taxonomyId)
      await announceTaxonomyChange(tx, taxonomyId)
    }
    const portfolioId = await removeEmptyPortfolio(tx.sql, call.actor, importId, at)
    for (const changed of new Set([...removed.portfolioIds, ...(portfolioId ? [portfolioId] : [])])) {
      await announcePortfolioChange(tx, changed)
    }
    await markBatchUndone(tx.sql, importId, at)
    return { voided: rows.length, accountsRemoved: removed.accountIds.length, portfolioRemoved: portfolioId !== null }
  })
}

async function orRefuseNeeded(core: CoreDeps, db: CoreSql, call: Call, books: Books, removed: readonly LedgerTransaction[]): Promise<void> {
  const instrumentIds = [...new Set(removed.flatMap(({ instrumentId, quantity }) => (instrumentId && quantity ? [instrumentId] : [])))]
  const gone = new Set(removed.map(({ id }) => id))
  const standing = await unitEntries(db, call.actor, [...new Set(removed.flatMap(accountsOf))], instrumentIds)
  const left = standing.filter(({ id }) => !gone.has(id))
  const found = uncoveredEntries(left, positionRules(books, removed)).next().value
  if (found) throw new Refused('not_enough_units', await describeWithNames(core, call, books, found))
}
