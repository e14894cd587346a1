import type { Call } from '@pe/contracts/actor.ts'
import { viewsOf } from '../../chosen-lots.ts'
import type { CoreSql } from '../../core-deps.ts'
import { instrumentsWithChosenLots } from '../../store/chosen-instruments.ts'
import { accountsThatSendUnits } from '../../store/ledger.ts'
import { readUnitBook } from '../../store/ledger-with-actions.ts'
import { type StagedEntry, stagedChoices, stagedEntries } from '../../store/staged-entries.ts'
import { candidatesToRefuse, type Unmatched } from '../unmatched-choices.ts'

/**
 * Staged rows that choose lots which are not there, or take one which a recorded sale chose. Only instruments of which lots are chosen are
 * read, in memory. `refused` has the places of rows that are refused already.
 */
export async function unmatchedStaged(
  db: CoreSql,
  call: Call,
  importId: string,
  standing: readonly string[],
  refused: ReadonlySet<number>,
): Promise<Map<StagedEntry, Unmatched>> {
  const instruments = new Set([...(await stagedChoices(db, importId)), ...(await instrumentsWithChosenLots(db, call.actor, standing))])
  if (instruments.size === 0) return new Map()
  const { entries, actions } = await readUnitBook(db, call.actor, await accountsThatSendUnits(db, call.actor, standing), [...instruments])
  for (const { instrumentId, intoInstrumentId } of actions)
    for (const id of [instrumentId, intoInstrumentId]) if (id !== undefined) instruments.add(id)
  const staged = await stagedEntries(db, importId, [...instruments])
  const candidates = new Map(staged.filter(({ place }) => !refused.has(place)).map((one) => [one.entry, one]))
  const [first] = candidates.keys()
  if (!first) return new Map()
  return candidatesToRefuse({ entries, actions, candidates, views: await viewsOf(db, call, standing, first.currency) })
}
