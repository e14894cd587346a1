import { fingerprintOf, type Keys, keyedDigest } from '@pe/platform/keys/keys.ts'
import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'
import type { CoreSql } from '../core-deps.ts'
import { firstEntries, readSeal, type StoredSeal } from '../store/chain-seal.ts'
import { digestOf, ledgerChain } from './link.ts'

const purpose = 'chain-seal'
/** By what the seal is called among the ends of the chains in the second place: a chain of one entry. */
export const bookSeal = 'book-seal'

/** What says with which key a book is sealed, and since when its chains tell of what stands beside the journals. */
export function sealOf(keys: Keys, besideSince: string): StoredSeal {
  const keyFingerprint = fingerprintOf(keys)
  return { keyFingerprint, besideSince, digest: sealDigest(keys, keyFingerprint, besideSince) }
}

export function isOurs(keys: Keys, { keyFingerprint, besideSince, digest }: StoredSeal): boolean {
  return keyFingerprint === fingerprintOf(keys) && digest === sealDigest(keys, keyFingerprint, besideSince)
}

function sealDigest(keys: Keys, keyFingerprint: string, besideSince: string): string {
  return keyedDigest(keys.of(purpose), `{"besideSince":"${besideSince}","keyFingerprint":"${keyFingerprint}"}`)
}

/** Two keys that are not the same: how their fingerprints begin. */
export interface OtherKey {
  /** Null where the book is older than fingerprints: no chain begins as this key would have it. */
  readonly sealedWith: string | null
  readonly given: string
}

const someChains = 5
const shown = 12

/** Whether this book was sealed with another key than this one. Where a seal was tampered with, what chains begin with tells. */
export async function otherKeyOf(db: CoreSql, keys: Keys): Promise<OtherKey | undefined> {
  const seal = await readSeal(db)
  if (seal && isOurs(keys, seal)) return undefined
  const entries = await firstEntries(db, someChains)
  const key = keys.of(ledgerChain)
  if (entries.some((entry) => entry.digest === digestOf(key, entry, ''))) return undefined
  const given = fingerprintOf(keys)
  if (!seal && entries.length === 0) return undefined
  if (seal?.keyFingerprint === given) return undefined
  return { sealedWith: seal?.keyFingerprint.slice(0, shown) ?? null, given: given.slice(0, shown) }
}

/** The sentence for a person; `path` is where the given key is kept. */
export function otherKeySentence({ sealedWith, given }: OtherKey, path: string): string {
  const which = sealedWith === null ? '' : ` (fingerprint ${sealedWith}…)`
  return `This book was sealed with another key${which} than that of ${path} (fingerprint ${given}…). Restore the key file that belongs to it from a backup.`
}

/** Before anything is written: what a wrong key seals could never be proved together with the rest. */
export async function orRefuseOtherKey(db: CoreSql, keys: Keys, path: string): Promise<void> {
  const other = await otherKeyOf(db, keys)
  if (other) throw new CannotStart(otherKeySentence(other, path))
}
