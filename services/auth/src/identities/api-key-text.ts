import { randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits of chance: what nobody guesses needs no slow digest. */
const secretBytes = 32
const shape = /^pe_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[\w-]{43}$/

/** What a key begins with, to tell it by: 'pe_' and its id. */
export function keyPrefix(id: string): string {
  return `pe_${id.replaceAll('-', '')}`
}

/** A new key of this id, as its owner gets to see it once. */
export function newKeyText(id: string, random: (size: number) => Buffer = randomBytes): string {
  return `${keyPrefix(id)}_${random(secretBytes).toString('base64url')}`
}

/** The id that a key names; undefined for what is no key of ours. */
export function keyIdOf(text: string): string | undefined {
  const parts = shape.exec(text)?.slice(1)
  return parts?.join('-')
}

/** Whether two digests are the same, in a time that does not tell where they differ. */
export function sameDigest(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
