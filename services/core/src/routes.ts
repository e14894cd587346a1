import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import { getAccount, listAccounts } from './accounts.ts'
import { applyAction } from './actions/apply-action.ts'
import { listActionApplications } from './actions/list-applications.ts'
import { previewAction } from './actions/preview-action.ts'
import { undoActionApplication } from './actions/undo-application.ts'
import { assertBalance } from './assertions/assert-balance.ts'
import { listBalanceAssertions } from './assertions/assertions.ts'
import { withdrawAssertion } from './assertions/withdraw-assertion.ts'
import { recordBatch } from './batch/record-batch.ts'
import { recordJudged } from './batch/record-judged.ts'
import { judgeStaged } from './batch/staging/judge-staged.ts'
import { dropStaged, recordStaged, stagedVerdicts } from './batch/staging/record-staged.ts'
import { stageRows } from './batch/staging/stage-rows.ts'
import { undoBatch } from './batch/undo-batch.ts'
import { changeAccount } from './change-account.ts'
import { changePortfolio } from './change-portfolio.ts'
import type { CoreDeps } from './core-deps.ts'
import { createPortfolio } from './create-portfolio.ts'
import { openTransactions } from './drafts/open-transactions.ts'
import { postDraft } from './drafts/post-draft.ts'
import { postDrafts } from './drafts/post-drafts.ts'
import { askForReview, markReviewed } from './drafts/reviews.ts'
import { recordEvent } from './events/record-event.ts'
import { replaceByEvent } from './events/replace-by-event.ts'
import { exportBook } from './export/export-book.ts'
import { importBook } from './export/import-book.ts'
import { transactionHistory } from './history/transaction-history.ts'
import { bookVersions, instrumentsInUse, ledger, ledgerChanges } from './ledger.ts'
import { openAccount } from './open-account.ts'
import { closePeriod } from './periods/close-period.ts'
import { listPeriodLocks, listPeriodOverrides } from './periods/locks.ts'
import { reopenPeriod } from './periods/reopen-period.ts'
import { changePlan } from './plans/change-plan.ts'
import { createPlan } from './plans/create-plan.ts'
import { pausePlan } from './plans/pause-plan.ts'
import { getPlan, listPlans } from './plans/plans.ts'
import { removePlan } from './plans/remove-plan.ts'
import { resumePlan } from './plans/resume-plan.ts'
import { getPortfolio, listPortfolios } from './portfolios.ts'
import { accountPositions, portfolioPositions } from './positions.ts'
import { recordTransaction } from './record-transaction.ts'
import { reinstateTransaction } from './reinstate-transaction.ts'
import { replaceTransaction } from './replace-transaction.ts'
import { saveSheet } from './sheet/save-sheet.ts'
import { addNode } from './taxonomies/add-node.ts'
import { changeNode } from './taxonomies/change-node.ts'
import { changeTaxonomy, removeTaxonomy } from './taxonomies/change-taxonomy.ts'
import { classify } from './taxonomies/classify.ts'
import { createTaxonomy } from './taxonomies/create-taxonomy.ts'
import { mergeNode, removeNode } from './taxonomies/remove-node.ts'
import { getTaxonomy, listTaxonomies } from './taxonomies/taxonomies.ts'
import { getTransaction, listTransactions } from './transactions.ts'
import { voidTransaction } from './void-transaction.ts'

/** Which use-case answers which operation. */
export function coreHandlers(core: CoreDeps): Handlers<CoreRoutes> {
  return {
    listAccounts: (input, call) => listAccounts(core, input, call),
    createAccount: (input, call) => openAccount(core, input, call),
    getAccount: (input, call) => getAccount(core, input, call),
    changeAccount: (input, call) => changeAccount(core, input, call),
    listPortfolios: (input, call) => listPortfolios(core, input, call),
    createPortfolio: (input, call) => createPortfolio(core, input, call),
    getPortfolio: (input, call) => getPortfolio(core, input, call),
    changePortfolio: (input, call) => changePortfolio(core, input, call),
    listTransactions: (input, call) => listTransactions(core, input, call),
    recordTransaction: (input, call) => recordTransaction(core, input, call),
    getTransaction: (input, call) => getTransaction(core, input, call),
    replaceTransaction: (input, call) => replaceTransaction(core, input, call),
    voidTransaction: (input, call) => voidTransaction(core, input, call),
    reinstateTransaction: (input, call) => reinstateTransaction(core, input, call),
    recordEvent: (input, call) => recordEvent(core, input, call),
    replaceByEvent: (input, call) => replaceByEvent(core, input, call),
    transactionHistory: (input, call) => transactionHistory(core, input, call),
    saveSheet: (input, call) => saveSheet(core, input, call),
    portfolioPositions: (input, call) => portfolioPositions(core, input, call),
    accountPositions: (input, call) => accountPositions(core, input, call),
    recordBatch: (input, call) => recordBatch(core, input, call),
    recordJudged: (input, call) => recordJudged(core, input, call),
    undoBatch: (input, call) => undoBatch(core, input, call),
    stageRows: (input, call) => stageRows(core, input, call),
    judgeStaged: (input, call) => judgeStaged(core, input, call),
    stagedVerdicts: (input, call) => stagedVerdicts(core, input, call),
    recordStaged: (input, call) => recordStaged(core, input, call),
    dropStaged: (input, call) => dropStaged(core, input, call),
    previewAction: (input, call) => previewAction(core, input, call),
    applyAction: (input, call) => applyAction(core, input, call),
    undoActionApplication: (input, call) => undoActionApplication(core, input, call),
    listActionApplications: (input, call) => listActionApplications(core, input, call),
    ledger: (input, call) => ledger(core, input, call),
    ledgerChanges: (input, call) => ledgerChanges(core, input, call),
    bookVersions: (input, call) => bookVersions(core, input, call),
    listTaxonomies: (input, call) => listTaxonomies(core, input, call),
    createTaxonomy: (input, call) => createTaxonomy(core, input, call),
    getTaxonomy: (input, call) => getTaxonomy(core, input, call),
    changeTaxonomy: (input, call) => changeTaxonomy(core, input, call),
    removeTaxonomy: (input, call) => removeTaxonomy(core, input, call),
    addNode: (input, call) => addNode(core, input, call),
    changeNode: (input, call) => changeNode(core, input, call),
    removeNode: (input, call) => removeNode(core, input, call),
    mergeNode: (input, call) => mergeNode(core, input, call),
    classify: (input, call) => classify(core, input, call),
    instrumentsInUse: (input, call) => instrumentsInUse(core, input, call),
    listPeriodLocks: (input, call) => listPeriodLocks(core, input, call),
    closePeriod: (input, call) => closePeriod(core, input, call),
    reopenPeriod: (input, call) => reopenPeriod(core, input, call),
    listPeriodOverrides: (input, call) => listPeriodOverrides(core, input, call),
    listBalanceAssertions: (input, call) => listBalanceAssertions(core, input, call),
    assertBalance: (input, call) => assertBalance(core, input, call),
    withdrawAssertion: (input, call) => withdrawAssertion(core, input, call),
    openTransactions: (input, call) => openTransactions(core, input, call),
    postDraft: (input, call) => postDraft(core, input, call),
    postDrafts: (input, call) => postDrafts(core, input, call),
    askForReview: (input, call) => askForReview(core, input, call),
    markReviewed: (input, call) => markReviewed(core, input, call),
    listPlans: (input, call) => listPlans(core, input, call),
    createPlan: (input, call) => createPlan(core, input, call),
    getPlan: (input, call) => getPlan(core, input, call),
    changePlan: (input, call) => changePlan(core, input, call),
    pausePlan: (input, call) => pausePlan(core, input, call),
    resumePlan: (input, call) => resumePlan(core, input, call),
    removePlan: (input, call) => removePlan(core, input, call),
    exportBook: (_, call) => exportBook(core, call),
    importBook: (input, call) => importBook(core, input, call),
  }
}
