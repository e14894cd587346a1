import { createHmac, type KeyObject } from 'node:crypto'

/** Secret keys by what they are for: a file first (key-file.ts), a vault later. A key of one purpose tells nothing about those of others. */
export interface Keys {
  /** The same key for the same purpose, always: 'ledger-chain'. */
  of(purpose: string): KeyObject
}

/** HMAC-SHA-256 of a text, as 64 hex digits: who does not hold the key can neither make nor check it. */
export function keyedDigest(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** Tells two keys from each other, and nothing else of them: it may be kept beside what they seal. */
export function fingerprintOf(keys: Keys): string {
  return keyedDigest(keys.of('key-fingerprint'), 'portfolioengine')
}
