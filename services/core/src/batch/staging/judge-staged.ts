import type { Call } from '@pe/contracts/actor.ts'
import type { BatchOutcome } from '@pe/contracts/batches.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import { unmatchedRefusal } from '@pe/finance/lots/chosen-lots.ts'
import type { Facts } from '@pe/finance/outcome.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../../core-deps.ts'
import { uncoveredRefusals } from '../../coverage.ts'
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
import { unmatchedStaged } from './unmatched-staged.ts'

/** Rows described and taken out at once. */
const atOnce = 1000

/** Judges staged rows against the book: what is known is set aside as a duplicate, what nobody holds is refused. The rest could be recorded. */
export async function judgeStaged(
  core: CoreDeps,
  { params: { importId }, body }: Input<typeof coreRoutes.judgeStaged>,
  call: Call,
): Promise<BatchOutcome> {
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

export function outcomeOf(plan: AccountPlan, recorded: number, dryRun: boolean): BatchOutcome {
  const { portfolio } = plan
  return {
    portfolioId: portfolio === null || (dryRun && portfolio.opens) ? null : portfolio.id,
    accountsOpened: plan.accounts.filter(({ opens }) => opens !== null).length,
    recorded,
    stale: false,
  }
}

/** A staged row that is refused, and why. */
interface Refusal {
  readonly place: number
  readonly row: number
  readonly code: string
  readonly detail: string
  readonly facts: Facts
}

/** By units, then by the lots that rows choose; once more where a row was refused for its lots, since others may have needed its units. */
async function refuseUncovered(core: CoreDeps, call: Call, importId: string, plan: AccountPlan): Promise<void> {
  const { sql } = core.db
  const uncovered = new Map<number, UncoveredRow>()
  const unmatched = new Map<number, Refusal>()
  const standing = plan.accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  const joined = await joinedInstruments(sql, call, standing)
  for (let settled = false; !settled; ) {
    const gone: ReadonlySet<number> = new Set(unmatched.keys())
    while (await walkPositions(sql, call, importId, plan, joined, uncovered, gone));
    if (joined.size > 0) await refuseJoined(sql, call, importId, plan.books, standing, joined, uncovered, gone)
    const found = await unmatchedStaged(sql, call, importId, standing, new Set([...uncovered.keys(), ...gone]))
    for (const [{ place, row }, choice] of found) unmatched.set(place, { place, row, ...unmatchedRefusal(choice) })
    settled = found.size === 0
  }
  await sayRefused(core, call, importId, [...(await withDetails(core, call, plan, [...uncovered.values()])), ...unmatched.values()])
}

async function withDetails(core: CoreDeps, call: Call, plan: AccountPlan, uncovered: readonly UncoveredRow[]): Promise<Refusal[]> {
  const refusals: Refusal[] = []
  for (let from = 0; from < uncovered.length; from += atOnce) {
    const some = uncovered.slice(from, from + atOnce)
    const told = await uncoveredRefusals(
      core,
      call,
      plan.books,
      some.map(({ found }) => found),
    )
    for (const [at, refusal] of told.entries()) {
      const staged = some[at]?.staged
      if (staged) refusals.push({ place: staged.place, row: staged.row, ...refusal })
    }
  }
  return refusals
}

async function sayRefused(core: CoreDeps, call: Call, importId: string, refusals: readonly Refusal[]): Promise<void> {
  for (let from = 0; from < refusals.length; from += atOnce) {
    const some = refusals.slice(from, from + atOnce)
    const texts = some.map(({ row, code, detail, facts }) => [
      importId,
      call.actor.organisationId,
      String(row),
      'refused',
      code,
      detail,
      JSON.stringify(facts),
    ])
    await core.db.stage('staged_verdict', verdictColumns, texts)
    await takeOut(
      core.db.sql,
      importId,
      some.map(({ place }) => place),
    )
  }
}
