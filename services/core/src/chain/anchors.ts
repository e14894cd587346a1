import type { Clock } from '@pe/platform/clock/clock.ts'
import { acrossOrganisations } from '@pe/platform/db/current-call.ts'
import type { ObjectStorage } from '@pe/platform/files/object-storage.ts'
import type { Keys } from '@pe/platform/keys/keys.ts'
import { type ChainEnd, type EndsNote, noteEnds, readNotedEnds } from '@pe/platform/keys/noted-ends.ts'
import type { Log } from '@pe/platform/log/log.ts'
import type { CoreSql } from '../core-deps.ts'
import { readEnds } from '../store/chain-reading.ts'
import { readSeal } from '../store/chain-seal.ts'
import { bookSeal } from './seal.ts'

/** Where the ends of all chains are noted in the second place. */
export const chainEndsPath = 'core/chain-ends.json'

const noteIn = (anchors: ObjectStorage, keys: Keys): EndsNote => ({
  ...{ anchors, keys },
  path: chainEndsPath,
  purpose: 'chain-anchor',
})

export interface Anchoring {
  /** Reads what is committed. */
  readonly db: { readonly sql: CoreSql }
  readonly keys: Keys
  /** The second place: not the database. */
  readonly anchors: ObjectStorage
  readonly clock: Clock
  readonly log: Log
}

/**
 * Notes in the second place where each chain ends, and the seal of the book. A chain that is shorter than it was noted, or another, or gone,
 * was tampered with; the log says so and the note stays, so that the proof finds it. Answers how many had moved.
 */
export async function anchorChains({ db, keys, anchors, clock, log }: Anchoring): Promise<number> {
  const seal = await readSeal(db.sql)
  const ends = [...(await acrossOrganisations(() => readEnds(db.sql))), ...(seal ? [{ id: bookSeal, length: 1, digest: seal.digest }] : [])]
  const { moved, lost } = await noteEnds(noteIn(anchors, keys), ends, clock.now())
  for (const accountId of lost) log.error({ action: 'chain.anchor', status: 'failure', accountId, message: 'a hash chain went back' })
  return moved
}

/** The ends that were noted last; none where nothing was noted yet. Throws when the note was changed by who has no key. */
export async function readAnchors(anchors: ObjectStorage, keys: Keys): Promise<Map<string, ChainEnd>> {
  return await readNotedEnds(noteIn(anchors, keys))
}
