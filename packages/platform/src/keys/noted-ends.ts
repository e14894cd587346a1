import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ObjectStorage } from '../files/object-storage.ts'
import { type Keys, keyedDigest } from './keys.ts'

/** Where a hash chain ends; `digest` is empty while it has no entry. */
export interface ChainEnd {
  readonly length: number
  readonly digest: string
}

/** A note in a second place, which is not the database. */
export interface EndsNote {
  readonly anchors: ObjectStorage
  readonly keys: Keys
  /** 'core/chain-ends.json' */
  readonly path: string
  /** What the note is sealed for. */
  readonly purpose: string
}

export interface Noted {
  /** How many chains had moved. */
  readonly moved: number
  /** Chains that are shorter than they were noted, or others, or gone. */
  readonly lost: readonly string[]
}

/**
 * Notes where chains end. An end that was noted never goes back: a chain that did was tampered with, and its note stays, so that a proof
 * finds it.
 */
export async function noteEnds(where: EndsNote, ends: readonly (ChainEnd & { readonly id: string })[], at: string): Promise<Noted> {
  const noted = await readNotedEnds(where)
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
  if (moved > 0) await write(where, noted, at)
  return { moved, lost: [...lost] }
}

async function write({ anchors, keys, path, purpose }: EndsNote, ends: ReadonlyMap<string, ChainEnd>, at: string): Promise<void> {
  const said = JSON.stringify({ at, ends: Object.fromEntries(ends) })
  await anchors.put(path, Readable.from([`${said}\n${keyedDigest(keys.of(purpose), said)}\n`]))
}

/** The ends that were noted last; none where nothing was noted yet. Throws when the note was changed by who has no key. */
export async function readNotedEnds({ anchors, keys, path, purpose }: EndsNote): Promise<Map<string, ChainEnd>> {
  const stream = await anchors.get(path).catch(() => undefined)
  if (!stream) return new Map()
  const [said = '', digest] = (await text(stream)).split('\n')
  if (digest !== keyedDigest(keys.of(purpose), said))
    throw new Error('the anchors of the hash chains were changed, or noted with another key')
  const { ends } = JSON.parse(said) as { ends: Record<string, ChainEnd> }
  return new Map(Object.entries(ends))
}
