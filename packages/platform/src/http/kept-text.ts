import { hash } from 'node:crypto'

interface Kept {
  bytes?: Buffer
  tag?: string
}

const texts = new WeakMap<object, Kept>()

/** Says that a reply will be given again as it is: its text is then made once. Whoever keeps a reply never changes it. */
export function keepText<T extends object>(reply: T): T {
  if (!texts.has(reply)) texts.set(reply, {})
  return reply
}

/** The JSON of a reply; what is kept as the bytes that are sent, since a megabyte of text takes a millisecond to become bytes. */
export function textOf(reply: unknown): string | Buffer {
  const kept = keptOf(reply)
  if (!kept) return JSON.stringify(reply)
  kept.bytes ??= Buffer.from(JSON.stringify(reply))
  return kept.bytes
}

/** What tells this text from any other: a weak entity tag, since it may be sent compressed. */
export function contentTag(reply: unknown, text: string | Buffer): string {
  const kept = keptOf(reply)
  const tag = kept?.tag ?? `W/"${hash('sha1', text, 'base64url')}"`
  if (kept) kept.tag = tag
  return tag
}

function keptOf(reply: unknown): Kept | undefined {
  return typeof reply === 'object' && reply !== null ? texts.get(reply) : undefined
}
