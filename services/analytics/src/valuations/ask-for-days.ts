import type { Call } from '@pe/contracts/actor.ts'
import type { Deps } from '../deps.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'
import { findScope, fromTheBeginning, markScope } from '../store/valued-scope.ts'
import { revalueJob } from './revalue.ts'

/** Milliseconds: a page asks for several figures at once, and those go first. */
const afterTheAnswer = 1000

/**
 * Has the days of a scope stored that nobody announced yet, as after the stored values were emptied. The reader does not wait for it:
 * the answer was computed, and is the same.
 */
export function askForDays(deps: Deps, call: Call, { stored }: FigureScope): void {
  if (!stored) return
  const { organisationId } = call.actor
  const ask = async (): Promise<void> => {
    if (await findScope(deps.db, organisationId, stored.id)) return
    const act = { call, action: 'valuation.ask', subject: `${stored.kind}:${stored.id}` }
    await deps.db.write(act, async (tx) => {
      await markScope(tx, organisationId, stored, fromTheBeginning)
      await deps.queue.add(revalueJob, { ...stored }, { key: `${revalueJob}:${organisationId}:${stored.id}`, tx })
    })
  }
  setTimeout(() => {
    ask().catch((trouble: unknown) => {
      deps.log.warn({ action: 'valuation.ask', status: 'failure', traceId: call.traceId, message: String(trouble) })
    })
  }, afterTheAnswer).unref()
}
