import type { Call } from '@pe/contracts/actor.ts'
import type { BatchOutcome } from '@pe/contracts/batches.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../../core-deps.ts'
import { announceLedgerChange, type ChangedEntry } from '../../facts.ts'
import { orRefuseClosed } from '../../periods/closed-periods.ts'
import { moveStaged } from '../../store/moved-rows.ts'
import { clearStaged, countStaged, findStaged, type PostedGroup, postedGroups, readVerdicts } from '../../store/staged-rows.ts'
import { madeOf } from '../made-since.ts'
import { isOvertaken } from '../overtaken.ts'
import { planAccounts } from '../plan-accounts.ts'
import { savePlan } from '../record-batch.ts'
import { booksAsJudged } from './books-as-judged.ts'
import { outcomeOf } from './judge-staged.ts'

/** Rows named in a refusal. */
const namedRows = 20

/** Moves what was staged and judged into the journal, in one database transaction; `stale` when the books have changed since. */
export async function recordStaged(
  core: CoreDeps,
  { params: { importId }, body }: Input<typeof coreRoutes.recordStaged>,
  call: Call,
): Promise<BatchOutcome> {
  const recording = core.db.write({ call, action: 'batch.record', subject: `import:${importId}` }, async (tx) => {
    const staged = await findStaged(tx.sql, call.actor, importId)
    const plan = await planAccounts(core, tx.sql, call, { ...body, dryRun: false }, staged?.accountIds)
    const made = madeOf(body.instruments)
    if (!made || !staged || staged.judged === null || staged.judged !== (await booksAsJudged(core, tx.sql, call, plan)))
      return { ...outcomeOf(plan, 0, true), stale: true }
    const { recorded, refused } = await countStaged(tx.sql, importId)
    if (refused > 0 && !body.skipRefused) throw await rowsInError(core, call, importId, refused)
    await savePlan(core, tx, importId, plan)
    const groups = await postedGroups(tx.sql, 'staged_transaction', importId)
    const changed = groups.map((group) =>
      changedEntryOf({ ...group, instrumentId: made.get(group.instrumentId ?? '') ?? group.instrumentId }),
    )
    await orRefuseClosed(core, tx, call, changed)
    await moveStaged(tx, importId, { at: core.clock.now(), accountIds: [...new Set(plan.accounts.map(({ id }) => id))], made })
    await announceLedgerChange(tx, changed)
    return outcomeOf(plan, recorded, false)
  })
  const outcome = await recording.catch((trouble: unknown) => {
    if (isOvertaken(trouble)) return { portfolioId: null, accountsOpened: 0, recorded: 0, stale: true }
    throw trouble
  })
  if (!outcome.stale) await clearStaged(core.db.sql, call.actor, importId)
  return outcome
}

/** Forgets what was staged: a preview that nobody commits. */
export async function dropStaged(
  core: CoreDeps,
  { params: { importId } }: Input<typeof coreRoutes.dropStaged>,
  call: Call,
): Promise<Reply<typeof coreRoutes.dropStaged>> {
  await clearStaged(core.db.sql, call.actor, importId)
  return {}
}

export async function stagedVerdicts(
  core: CoreDeps,
  { params: { importId }, body }: Input<typeof coreRoutes.stagedVerdicts>,
  call: Call,
): Promise<Reply<typeof coreRoutes.stagedVerdicts>> {
  const rows = await readVerdicts(core.db.sql, call.actor, importId, body)
  return {
    rows: rows.map(({ row, result, code, detail, facts }) => ({
      ...{ row, result },
      ...(code ? { code } : {}),
      ...(detail ? { detail } : {}),
      ...(facts ? { facts } : {}),
    })),
  }
}

export function changedEntryOf({ accountId, cashAccountId, toAccountId, instrumentId, date }: PostedGroup): ChangedEntry {
  return {
    accountId,
    date,
    cashAccountId: cashAccountId ?? undefined,
    toAccountId: toAccountId ?? undefined,
    instrumentId: instrumentId ?? undefined,
  }
}

async function rowsInError(core: CoreDeps, call: Call, importId: string, refused: number): Promise<Refused> {
  const rows = await readVerdicts(core.db.sql, call.actor, importId, { after: 0, limit: 1000 })
  const named = rows.filter(({ result }) => result === 'refused').slice(0, namedRows)
  return new Refused(
    'rows_in_error',
    `${refused} rows cannot be recorded`,
    named.map(({ row, code, detail, facts }) => ({
      ...{ path: `row ${row}`, detail: detail ?? '' },
      ...(code ? { code } : {}),
      ...(facts ? { facts } : {}),
    })),
    undefined,
    { case: 'count', refused: String(refused) },
  )
}
