import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { StagedOutcome } from '@pe/contracts/staged-batches.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../../core-deps.ts'
import { describeAll } from '../../coverage.ts'
import {
  countStaged,
  findStaged,
  keepWholeDuplicates,
  markJudged,
  setDuplicatesAside,
  takeOut,
  takesUnits,
  verdictColumns,
} from '../../store/staged-rows.ts'
import { type AccountPlan, planAccounts } from '../plan-accounts.ts'
import { booksAsJudged } from './books-as-judged.ts'
import { joinedInstruments, refuseJoined } from './joined-by-actions.ts'
import { type UncoveredRow, walkPositions } from './staged-coverage.ts'

/** Rows described and taken out at once. */
const atOnce = 1000

/** Judges staged rows against the book: what is known is set aside as a duplicate, what nobody holds is refused. The rest could be recorded. */
export async function judgeStaged(
  core: CoreDeps,
  { params: { importId }, body }: Input<typeof coreRoutes.judgeStaged>,
  call: Call,
): Promise<StagedOutcome> {
  const { sql } = core.db
  const staged = await findStaged(sql, call.actor, importId)
  if (!staged) throw new Refused('not_found', 'nothing is staged for this import')
  const plan = await planAccounts(core, sql, call, { ...body, dryRun: true }, staged.accountIds)
  const judged = await booksAsJudged(core, sql, call, plan)
  const standing = plan.accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  await setDuplicatesAside(sql, importId, standing)
  if (await takesUnits(sql, importId)) await refuseUncovered(core, call, importId, plan)
  await keepWholeDuplicates(sql, importId)
  await markJudged(sql, importId, judged)
  return outcomeOf(plan, (await countStaged(sql, importId)).recorded, true)
}

export function outcomeOf(plan: AccountPlan, recorded: number, dryRun: boolean): StagedOutcome {
  const { portfolio } = plan
  return {
    portfolioId: portfolio === null || (dryRun && portfolio.opens) ? null : portfolio.id,
    accountsOpened: plan.accounts.filter(({ opens }) => opens !== null).length,
    recorded,
    stale: false,
  }
}

async function refuseUncovered(core: CoreDeps, call: Call, importId: string, plan: AccountPlan): Promise<void> {
  const refused = new Map<number, UncoveredRow>()
  const standing = plan.accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  const joined = await joinedInstruments(core.db.sql, call, standing)
  while (await walkPositions(core.db.sql, call, importId, plan, joined, refused));
  if (joined.size > 0) await refuseJoined(core.db.sql, call, importId, plan.books, standing, joined, refused)
  const all = [...refused.values()]
  for (let from = 0; from < all.length; from += atOnce) {
    const some = all.slice(from, from + atOnce)
    const details = await describeAll(
      core,
      call,
      plan.books,
      some.map(({ found }) => found),
    )
    const texts = some.map(({ staged }, at) => [
      importId,
      call.actor.organisationId,
      String(staged.row),
      'refused',
      'not_enough_units',
      details[at] ?? null,
    ])
    await core.db.stage('staged_verdict', verdictColumns, texts)
    await takeOut(
      core.db.sql,
      importId,
      some.map(({ staged }) => staged.place),
    )
  }
}
