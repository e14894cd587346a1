import { brokenFile } from './broken-file.ts'

/** Guesses the encoding from the first bytes: byte order mark, the zeros of UTF-16, valid UTF-8, else windows-1252 (which covers ISO-8859-1). */
export function sniffEncoding(head: Uint8Array): string {
  const [a, b, c] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const pairs = Math.min(head.length & ~1, 512)
  let [even, odd] = [0, 0]
  for (let at = 0; at < pairs; at++) if (head[at] === 0) at % 2 === 0 ? even++ : odd++
  if (pairs >= 8 && odd > pairs / 4 && even === 0) return 'utf-16le'
  if (pairs >= 8 && even > pairs / 4 && odd === 0) return 'utf-16be'
  return isUtf8(head) ? 'utf-8' : 'windows-1252'
}

/** The head as text; a character cut in half at its end is left out. */
export function headText(head: Uint8Array, encoding = sniffEncoding(head)): string {
  return new TextDecoder(encoding).decode(head, { stream: true })
}

/** True when there are bytes that no text has: zeros in an eight-bit encoding, or more than one control character in a hundred. */
export function isBinary(head: Uint8Array): boolean {
  if (sniffEncoding(head).startsWith('utf-16')) return false
  let controls = 0
  for (const byte of head) {
    if (byte === 0) return true
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) controls += 1
  }
  return controls > 4 && controls * 100 > head.length
}

/** Whether this machine knows the encoding by this name. */
export function isEncoding(name: string): boolean {
  try {
    new TextDecoder(name)
    return true
  } catch {
    return false
  }
}

/** A stream of bytes as text. Bytes that the encoding does not allow are refused with their line (`file_broken`), never replaced. */
export async function* decodedText(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  let undecoded: Uint8Array = new Uint8Array(0)
  for await (const chunk of bytes) {
    let text: string
    try {
      text = decoder.decode(chunk, { stream: true })
    } catch {
      throw undecodable(undecoded, chunk, line, encoding)
    }
    const zero = text.indexOf('\0')
    if (zero !== -1) throw brokenFile(line + newlines(text.slice(0, zero)), 'a zero character: this is no text')
    line += newlines(text)
    undecoded = chunk.subarray(Math.max(0, chunk.length - 3))
    if (text) yield text
  }
  try {
    const rest = decoder.decode()
    if (rest) yield rest
  } catch {
    throw brokenFile(line, `the file ends in the middle of a character of ${encoding}`)
  }
}

export function newlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** Finds the line by decoding the chunk line by line; the first may begin in the chunk before. */
function undecodable(before: Uint8Array, chunk: Uint8Array, line: number, encoding: string) {
  for (let start = 0, at = line; start <= chunk.length; at++) {
    const found = chunk.indexOf(0x0a, start)
    const end = found === -1 ? chunk.length : found + 1
    if (end - start > 0 && !encoding.startsWith('utf-16')) {
      const part = start === 0 ? Buffer.concat([wholeTail(before), chunk.subarray(0, end)]) : chunk.subarray(start, end)
      if (!isUtf8(part, found === -1))
        return brokenFile(at, `the text is not ${encoding}; if it is in another encoding, name it in the mapping`)
    }
    if (found === -1) break
    start = end
  }
  return brokenFile(line, `the text is not ${encoding}; if it is in another encoding, name it in the mapping`)
}

/** The bytes of a character that began in the chunk before. */
function wholeTail(before: Uint8Array): Uint8Array {
  for (let at = before.length - 1; at >= 0; at--)
    if (((before[at] ?? 0) & 0xc0) !== 0x80) return (before[at] ?? 0) >= 0xc0 ? before.subarray(at) : new Uint8Array(0)
  return new Uint8Array(0)
}

function isUtf8(bytes: Uint8Array, cut = true): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut })
    return true
  } catch {
    return false
  }
}
