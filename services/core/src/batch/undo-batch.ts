import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { announceAccountChange, announceLedgerChange, announcePortfolioChange, announceTaxonomyChange } from '../facts.ts'
import { lockBooks } from '../store/accounts.ts'
import { accountsOfImport, batchStands, markBatchUndone, removeEmptyPortfolio, removeUnusedAccounts } from '../store/batches.ts'
import { removeImported } from '../store/imported-taxonomies.ts'
import { countChange } from '../store/taxonomies.ts'
import { voidImport } from './void-import.ts'

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
    const { count, changed } = await voidImport(core, tx, call, books, importId)
    await announceLedgerChange(tx, changed)
    const at = core.clock.now()
    const removed = await removeUnusedAccounts(tx, importId, at)
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
    return { voided: count, accountsRemoved: removed.accountIds.length, portfolioRemoved: portfolioId !== null }
  })
}
