import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { announceAccountChange, announceLedgerChange, announcePortfolioChange } from '../facts.ts'
import { orRefuseClosed } from '../periods/closed-periods.ts'
import { insertAccounts } from '../store/accounts.ts'
import { rememberBatch, rememberKeys } from '../store/batches.ts'
import { addMembers, insertPortfolio } from '../store/portfolios.ts'
import { insertTransactions } from '../store/saved-transaction.ts'
import type { CoreTables } from '../store/tables.ts'
import { planTaxonomies, saveTaxonomies } from '../taxonomies/import-taxonomies.ts'
import { orRefuseName } from '../unique-name.ts'
import { type CheckedRows, checkRows } from './check-rows.ts'
import type { CheckedRow, JudgedRow } from './checked-row.ts'
import type { JudgedBatch } from './judged-batch.ts'
import { isOvertaken } from './overtaken.ts'
import { type AccountPlan, planAccounts } from './plan-accounts.ts'

type Batch = Input<typeof coreRoutes.recordBatch>['body']
type Answer = Reply<typeof coreRoutes.recordBatch>

/** Others may be quicker between judging and recording; each time the rows are judged again. */
const mostTries = 5

/** Records a whole import, its accounts and its portfolio in one database transaction, or nothing of it. */
export async function recordBatch(core: CoreDeps, { body }: Input<typeof coreRoutes.recordBatch>, call: Call): Promise<Answer> {
  if (body.dryRun) {
    return await core.db.snapshot(async (db) => {
      const plan = await planAccounts(core, db, call, body)
      const checked = await checkRows(core, db, call, plan, body.transactions, () => 'not saved')
      const taxonomies = await planTaxonomies(core, db, call, body.taxonomies ?? [], plan.accounts)
      const verdict = remembered(core, call, body, plan, checked)
      return { ...answerOf(plan, checked.judged, body, taxonomies.length), ...(verdict === null ? {} : { verdict }) }
    })
  }
  for (let tries = 1; ; tries++) {
    try {
      return await recordRows(core, body, call)
    } catch (trouble) {
      if (tries === mostTries || !isOvertaken(trouble)) throw trouble
    }
  }
}

async function recordRows(core: CoreDeps, body: Batch, call: Call): Promise<Answer> {
  const { importId } = body
  return await core.db.write({ call, action: 'batch.record', subject: `import:${importId}` }, async (tx) => {
    const plan = await planAccounts(core, tx.sql, call, body)
    const { judged, accepted } = await checkRows(core, tx.sql, call, plan, body.transactions, () => core.ids.next())
    if (!body.skipRefused) orRefuseRows(judged)
    await savePlan(core, tx, importId, plan)
    await orRefuseClosed(core, tx, call, postedOf(accepted))
    await saveRows(core, tx, importId, accepted)
    const taxonomies = await planTaxonomies(core, tx.sql, call, body.taxonomies ?? [], plan.accounts)
    await saveTaxonomies(core, tx, importId, taxonomies)
    return answerOf(plan, judged, body, taxonomies.length)
  })
}

/** Remembers what would be recorded where it rests on nothing that stands: neither on accounts that are there nor on rates of the market. */
function remembered(core: CoreDeps, call: Call, body: Batch, plan: AccountPlan, { judged, accepted }: CheckedRows): string | null {
  const { importId, accounts, portfolio, transactions, taxonomies = [] } = body
  if (taxonomies.length > 0 || accepted.length === 0 || accepted.length < judged.length) return null
  if (plan.accounts.some(({ opens }) => opens === null) || transactions.some(({ charges }) => charges)) return null
  const verdict = core.ids.next()
  const found: JudgedBatch = {
    organisationId: call.actor.organisationId,
    importId,
    destination: { accounts, ...(portfolio ? { portfolio } : {}) },
    accountIds: new Map(plan.accounts.map(({ key, id }) => [key, id])),
    rows: accepted,
    archivedOn: plan.portfolio?.archivedOn ?? null,
  }
  core.judged.keep(verdict, found, accepted.length)
  return verdict
}

/** One refused row refuses the batch: half an import would be worse than none. */
function orRefuseRows(judged: readonly JudgedRow[]): void {
  const refused = judged.filter(({ result }) => result === 'refused')
  if (refused.length === 0) return
  throw new Refused(
    'rows_in_error',
    `${refused.length} of ${judged.length} rows cannot be recorded`,
    refused.map(({ row, code, detail = '', facts }) => ({ path: `row ${row}`, detail, facts, ...(code ? { code } : {}) })),
    undefined,
    { refused: String(new Set(refused.map(({ row }) => row)).size), rows: String(judged.length) },
  )
}

/** Opens the accounts and the portfolio that are not there yet, and remembers the batch. */
export async function savePlan(core: CoreDeps, tx: WriteTx<CoreTables>, importId: string, plan: AccountPlan): Promise<void> {
  const { actor } = tx
  const at = core.clock.now()
  await rememberBatch(tx.sql, actor, importId, at)
  const opened = plan.accounts
    .flatMap(({ id, opens }) => (opens ? [{ ...opens, id, createdAt: at, importId }] : []))
    // two that open the same accounts at once take the names in one order, so that they never wait for each other in turn
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
  await orRefuseName('an account of the file', () => insertAccounts(tx, opened))
  for (const { id } of opened) await announceAccountChange(tx, id)

  const { portfolio } = plan
  if (!portfolio) return
  const { id, name, baseCurrency } = portfolio
  const row = { id, name, baseCurrency, costMethod: 'fifo' as const, createdAt: at, importId }
  if (portfolio.opens) await orRefuseName(name, () => insertPortfolio(tx.sql, actor, row))
  const accountIds = [...new Set(plan.accounts.map((account) => account.id))]
  const added = await addMembers(tx.sql, actor, id, accountIds, importId)
  await rememberKeys(tx.sql, actor, id, plan.accounts)
  if (portfolio.opens || added > 0) await announcePortfolioChange(tx, id)
}

export async function saveRows(core: CoreDeps, tx: WriteTx<CoreTables>, importId: string, rows: readonly CheckedRow[]): Promise<void> {
  await insertTransactions(
    tx,
    core.clock.now(),
    rows.map(({ statement, sourceKey }) => ({ id: statement.entry.id, statement, importId, sourceKey, replaces: null, sequence: null })),
  )
  await announceLedgerChange(tx, postedOf(rows))
}

export function postedOf(rows: readonly CheckedRow[]) {
  return rows.flatMap(({ statement }) => (statement.state === 'posted' ? [statement.entry] : []))
}

function answerOf(plan: AccountPlan, judged: readonly JudgedRow[], { dryRun }: Batch, taxonomies: number): Answer {
  const { portfolio } = plan
  return {
    portfolioId: portfolio === null || (dryRun && portfolio.opens) ? null : portfolio.id,
    accounts: plan.accounts.map(({ key, id, opens }) => ({ key, accountId: id, created: opens !== null })),
    rows: [...judged],
    taxonomies,
  }
}
