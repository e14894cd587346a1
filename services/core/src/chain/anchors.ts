import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Clock } from '@pe/platform/clock/clock.ts'
import type { ObjectStorage } from '@pe/platform/files/object-storage.ts'
import { type Keys, keyedDigest } from '@pe/platform/keys/keys.ts'
import type { Log } from '@pe/platform/log/log.ts'
import type { CoreSql } from '../core-deps.ts'
import { readEnds } from '../store/chain-reading.ts'
import { readSeal } from '../store/chain-seal.ts'
import type { ChainEnd } from './link.ts'
import { bookSeal } from './seal.ts'

/** Where the ends of all chains are kept in the second place. */
const place = 'core/chain-ends.json'
const purpose = 'chain-anchor'

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
 * Notes in the second place where each chain ends. An end that was noted never goes back: a chain that is shorter now, or another, or gone,
 * was tampered with; the log says so and the note stays, so that the proof finds it. Answers how many chains had moved.
 */
export async function anchorChains({ db, keys, anchors, clock, log }: Anchoring): Promise<number> {
  const noted = await readAnchors(anchors, keys)
  const seal = await readSeal(db.sql)
  const ends = [...(await readEnds(db.sql)), ...(seal ? [{ id: bookSeal, length: 1, digest: seal.digest }] : [])]
  const lost = new Set(noted.keys())
  let moved = 0
  for (const { id, length, digest } of ends) {
    const before = noted.get(id)
    if (before && (length < before.length || (length === before.length && digest !== before.digest))) continue
    lost.delete(id)
    if (before?.length === length) continue
    noted.set(id, { length, digest })
    moved += 1
  }
  for (const accountId of lost) log.error({ action: 'chain.anchor', status: 'failure', accountId, message: 'a hash chain went back' })
  if (moved > 0) await writeAnchors(anchors, keys, noted, clock.now())
  return moved
}

async function writeAnchors(anchors: ObjectStorage, keys: Keys, ends: ReadonlyMap<string, ChainEnd>, at: string): Promise<void> {
  const said = JSON.stringify({ at, ends: Object.fromEntries(ends) })
  await anchors.put(place, Readable.from([`${said}\n${keyedDigest(keys.of(purpose), said)}\n`]))
}

/** The ends that were noted last; none where nothing was noted yet. Throws when the note was changed by who has no key. */
export async function readAnchors(anchors: ObjectStorage, keys: Keys): Promise<Map<string, ChainEnd>> {
  const stream = await anchors.get(place).catch(() => undefined)
  if (!stream) return new Map()
  const [said = '', digest] = (await text(stream)).split('\n')
  if (digest !== keyedDigest(keys.of(purpose), said))
    throw new Error('the anchors of the hash chains were changed, or noted with another key')
  const { ends } = JSON.parse(said) as { ends: Record<string, ChainEnd> }
  return new Map(Object.entries(ends))
}
