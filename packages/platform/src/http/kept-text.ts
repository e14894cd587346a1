const texts = new WeakMap<object, Buffer | null>()

/** Says that a reply will be given again as it is: its text is then made once. Whoever keeps a reply never changes it. */
export function keepText<T extends object>(reply: T): T {
  if (!texts.has(reply)) texts.set(reply, null)
  return reply
}

/** The JSON of a reply; what is kept as the bytes that are sent, since a megabyte of text takes a millisecond to become bytes. */
export function textOf(reply: unknown): string | Buffer {
  if (typeof reply !== 'object' || reply === null) return JSON.stringify(reply)
  const kept = texts.get(reply)
  if (kept) return kept
  const text = JSON.stringify(reply)
  if (kept === undefined) return text
  const bytes = Buffer.from(text)
  texts.set(reply, bytes)
  return bytes
}
