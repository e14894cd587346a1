import type { Call } from '@pe/contracts/actor.ts'
import type { BatchTransaction } from '@pe/contracts/batches.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { inboundRank } from '@pe/finance/ledger/order.ts'
import { epochMilliseconds, instantOf } from '@pe/finance/time/instant.ts'
import type { CoreDeps } from '../../core-deps.ts'
import { statedOf, textsOf } from '../../store/recorded-row.ts'
import { beginStaged, clearStaged, findStaged, stagedBefore, stagedColumns, verdictColumns } from '../../store/staged-rows.ts'
import { fittingRows } from '../check-rows.ts'
import type { CheckedRow, JudgedRow } from '../checked-row.ts'
import { planAccounts } from '../plan-accounts.ts'

/** Nobody commits a preview after that; it would only be staged again. */
const keptMilliseconds = 86_400_000

/**
 * Puts a piece of a batch beside the book: rows whose fields are right wait to be recorded, of the others stays what is wrong. What is known
 * already, and what the accounts do not hold, is judged once all pieces are here.
 */
export async function stageRows(
  core: CoreDeps,
  { params: { importId }, body }: Input<typeof coreRoutes.stageRows>,
  call: Call,
): Promise<Reply<typeof coreRoutes.stageRows>> {
  const { sql } = core.db
  const before = body.from === 0 ? null : await findStaged(sql, call.actor, importId)
  const plan = await planAccounts(core, sql, call, { ...body, dryRun: true }, before?.accountIds)
  if (body.from === 0) {
    const forgotten = instantOf(epochMilliseconds(core.clock.now()) - keptMilliseconds)
    for (const old of [importId, ...(await stagedBefore(sql, call.actor, forgotten))]) await clearStaged(sql, call.actor, old)
    await beginStaged(sql, call.actor, importId, new Map(plan.accounts.map(({ key, id }) => [key, id])), core.clock.now())
  }
  const judged: JudgedRow[] = []
  const places = new Map(body.transactions.map((stated, at) => [stated, body.from + at]))
  const fitting = await fittingRows(core, sql, call, plan, body.transactions, () => core.ids.next(), judged, new Map())
  await core.db.stage(
    'staged_transaction',
    stagedColumns,
    stagedTexts(fitting, body.transactions, places, importId, call, core.clock.now()),
  )
  if (judged.length > 0) await core.db.stage('staged_verdict', verdictColumns, verdictTexts(judged, importId, call))
  return { staged: body.transactions.length }
}

/** Rows of one file row follow each other and carry different keys: that is how a row is found again. */
function* stagedTexts(
  fitting: readonly CheckedRow[],
  stated: readonly BatchTransaction[],
  places: ReadonlyMap<BatchTransaction, number>,
  importId: string,
  call: Call,
  at: string,
): Generator<(string | null)[]> {
  let next = 0
  for (const { row, sourceKey, statement } of fitting) {
    while (next < stated.length && (stated[next]?.row !== row || stated[next]?.sourceKey !== sourceKey)) next++
    const of = stated[next]
    const place = of && places.get(of)
    if (place === undefined) throw new Error(`row ${row} has no place`)
    const { entry } = statement
    const texts = textsOf({ id: entry.id, statement, importId, sourceKey, replaces: null, sequence: null }, call.actor, at)
    const sealed = statedOf(texts)
    texts.push(String(inboundRank(entry)), String(place), String(row), sealed)
    yield texts
    next += 1
  }
}

function* verdictTexts(judged: readonly JudgedRow[], importId: string, call: Call): Generator<(string | null)[]> {
  for (const { row, result, code, detail, facts } of judged)
    yield [importId, call.actor.organisationId, String(row), result, code ?? null, detail ?? null, facts ? JSON.stringify(facts) : null]
}
