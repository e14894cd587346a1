import type { Readable } from 'node:stream'
import type { Source } from '../importer.ts'

const headBytes = 64 * 1024

/** A source over anything that can be opened more than once; reads its head now. */
export async function openSource(fileName: string, open: () => Promise<Readable>): Promise<Source> {
  const parts: Buffer[] = []
  let size = 0
  const stream = await open()
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    parts.push(chunk)
    size += chunk.length
    if (size >= headBytes) break
  }
  stream.destroy()
  return { fileName, open, head: Buffer.concat(parts).subarray(0, headBytes) }
}
