import type { Call } from '@pe/contracts/actor.ts'
import type { BatchOutcome, StandIns } from '@pe/contracts/batches.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Ids } from '@pe/platform/ids/ids.ts'
import type { CoreDeps } from '../core-deps.ts'
import { orRefuseClosed } from '../periods/closed-periods.ts'
import type { CheckedRow } from './checked-row.ts'
import { madeOf } from './made-since.ts'
import { isOvertaken } from './overtaken.ts'
import { planAccounts } from './plan-accounts.ts'
import { postedOf, savePlan, saveRows } from './record-batch.ts'
import { outcomeOf } from './staging/judge-staged.ts'

/**
 * Records the rows of a dry run without judging them again. Its accounts were not there then; as long as they still are not, nothing that
 * stands bears on them but closed periods and the day on which the portfolio was archived, which are looked at here. `stale` when somebody has
 * opened them, closed a period or archived the portfolio since, or the verdict is gone.
 */
export async function recordJudged(
  core: CoreDeps,
  { params: { verdict }, body }: Input<typeof coreRoutes.recordJudged>,
  call: Call,
): Promise<BatchOutcome> {
  const stale = { portfolioId: null, accountsOpened: 0, recorded: 0, stale: true }
  const judged = core.judged.take(verdict)
  if (!judged || judged.organisationId !== call.actor.organisationId) return stale
  const rows = withInstruments(judged.rows, body.instruments, core.ids)
  if (!rows) return stale
  const { importId, destination, accountIds } = judged
  const recording = core.db.write({ call, action: 'batch.record', subject: `import:${importId}` }, async (tx) => {
    const plan = await planAccounts(core, tx.sql, call, { ...destination, dryRun: false }, accountIds)
    if (plan.accounts.some(({ opens }) => opens === null)) return stale
    if ((plan.portfolio?.archivedOn ?? null) !== judged.archivedOn) return stale
    await savePlan(core, tx, importId, plan)
    await orRefuseClosed(core, tx, call, postedOf(rows))
    await saveRows(core, tx, importId, rows)
    return outcomeOf(plan, rows.length, false)
  })
  return await recording.catch((trouble: unknown) => {
    if (isOvertaken(trouble)) return stale
    throw trouble
  })
}

/**
 * The rows under ids of their own, with the instruments that were made since; null where two that were judged apart are one by now, or one
 * is two.
 */
function withInstruments(rows: readonly CheckedRow[], standIns: StandIns, ids: Ids): CheckedRow[] | null {
  const made = madeOf(standIns)
  if (!made) return null
  const standsFor = new Map<string, string>()
  const placed = rows.map(({ row, sourceKey, statement }): CheckedRow => {
    const judged = statement.entry.instrumentId
    const instrumentId = judged === undefined ? undefined : (made.get(judged) ?? judged)
    if (judged !== undefined && instrumentId !== undefined) standsFor.set(judged, instrumentId)
    return { row, sourceKey, statement: { ...statement, entry: { ...statement.entry, id: ids.next(), instrumentId } } }
  })
  return new Set(standsFor.values()).size === standsFor.size ? placed : null
}
