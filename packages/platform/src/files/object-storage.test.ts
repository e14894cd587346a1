import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localFolder } from './local-folder.ts'

describe('objects in a local folder', () => {
  let root = ''
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'pe-files-'))
  })
  afterEach(() => rm(root, { recursive: true }))

  it('are read back as they were put in, and replaced whole', async () => {
    const files = localFolder(root)
    expect(await files.put('imports/one', Readable.from(['straw', 'berry']))).toEqual({ size: 10 })
    expect(await files.put('imports/one', Readable.from(['plum']))).toEqual({ size: 4 })
    expect(await text(await files.get('imports/one'))).toBe('plum')
    expect((await stat(join(root, 'imports/one'))).mode & 0o777).toBe(0o600)
  })

  it('are gone when deleted, and deleting twice is no error', async () => {
    const files = localFolder(root)
    await files.put('imports/one', Readable.from(['a']))
    await files.delete('imports/one')
    await files.delete('imports/one')
    await expect(files.get('imports/one')).rejects.toThrow(/ENOENT/)
  })

  it('leave nothing behind when they are too large or break off', async () => {
    const files = localFolder(root)
    await files.put('imports/one', Readable.from(['before']))
    await expect(files.put('imports/one', Readable.from([Buffer.alloc(600), Buffer.alloc(600)]), { maxBytes: 1000 })).rejects.toMatchObject(
      {
        code: 'body_too_large',
      },
    )
    const broken = new Readable({
      read() {
        this.destroy(new Error('cut'))
      },
    })
    await expect(files.put('imports/two', broken)).rejects.toThrow('cut')
    expect(await readdir(join(root, 'imports'))).toEqual(['one'])
    expect(await text(await files.get('imports/one'))).toBe('before')
  })

  it.each(['../x', '/etc/passwd', 'a/../../b', 'a//b', '', '.hidden', 'a\u0000b', 'a\\b'])('refuse the key %j', async (key) => {
    const files = localFolder(root)
    await expect(files.put(key, Readable.from(['x']))).rejects.toThrow(RangeError)
    await expect(files.get(key)).rejects.toThrow(RangeError)
  })
})
