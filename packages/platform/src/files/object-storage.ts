import type { Readable } from 'node:stream'

/** Files by key ('imports/0190…'): a local folder first, S3 later. */
export interface ObjectStorage {
  /** Streams in; answers how many bytes. A write that fails leaves nothing behind. Throws Refused('body_too_large') past `maxBytes`. */
  put(key: string, content: Readable, options?: { maxBytes?: number }): Promise<{ size: number }>
  /** Throws when there is no such file. */
  get(key: string): Promise<Readable>
  delete(key: string): Promise<void>
}
