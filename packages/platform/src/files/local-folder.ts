import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refused } from '../http/refused.ts'
import type { ObjectStorage } from './object-storage.ts'

const keyShape = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/

/** Objects as files below a folder that only we may read. A file appears under its key when it is whole. */
export function localFolder(root: string): ObjectStorage {
  function pathOf(key: string): string {
    if (!keyShape.test(key) || key.length > 200) throw new RangeError(`not an object key: ${JSON.stringify(key)}`)
    return join(root, ...key.split('/'))
  }

  return {
    async put(key, content, options = {}) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const partial = `${path}.${randomBytes(6).toString('hex')}.part`
      const measured = measure(options.maxBytes ?? Number.POSITIVE_INFINITY)
      try {
        await pipeline(content, measured.stream, createWriteStream(partial, { mode: 0o600, flags: 'wx', flush: true }))
        await rename(partial, path)
      } catch (trouble) {
        await rm(partial, { force: true })
        throw trouble
      }
      return { size: measured.size() }
    },
    async get(key) {
      // By path, not by a FileHandle: one that is collected while it is open ends the process.
      const stream = createReadStream(pathOf(key))
      await once(stream, 'open')
      return stream
    },
    async delete(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}

/** Counts bytes on their way through, and stops at the limit. */
function measure(maxBytes: number): { stream: Transform; size: () => number } {
  let size = 0
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length
      if (size > maxBytes) done(new Refused('body_too_large', `the file is larger than ${Math.floor(maxBytes / 1_000_000)} MB`))
      else done(null, chunk)
    },
  })
  return { stream, size: () => size }
}
