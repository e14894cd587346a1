import type { KeyObject } from 'node:crypto'
import { keyedDigest } from '@pe/platform/keys/keys.ts'
import type { ChainEnd } from '@pe/platform/keys/noted-ends.ts'

/** What the keys of these chains are derived for. */
export const ledgerChain = 'ledger-chain'

/** One act on the journal of an account, as its chain tells it. */
export interface ChainEntry {
  readonly accountId: string
  /** From 1, without gaps. */
  readonly number: number
  /** JSON text; see acts.ts. */
  readonly what: string
  /** UTC, milliseconds. */
  readonly at: string
  readonly by: string
}

export const noEntries: ChainEnd = { length: 0, digest: '' }

/** The text that is digested: the entry and the digest of the one before, as JSON with sorted keys (docs/specs/hash-chain.md §2). */
export function linkText({ accountId, number, what, at, by }: ChainEntry, previous: string): string {
  return `{"account":"${accountId}","at":"${at}","by":"${by}","number":${number},"previous":"${previous}","what":${what}}`
}

export function digestOf(key: KeyObject, entry: ChainEntry, previous: string): string {
  return keyedDigest(key, linkText(entry, previous))
}
