import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keyFile } from './key-file.ts'
import { keyedDigest } from './keys.ts'

describe('the key file', () => {
  let folder = ''
  let path = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pe-key-'))
    path = join(folder, 'chain.key')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is made once, for our eyes only, and gives each purpose a key of its own', async () => {
    const [first, second] = await Promise.all([keyFile(path), keyFile(path)])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const later = await keyFile(path)
    const digests = [first, second, later].map((keys) => keyedDigest(keys.of('ledger-chain'), 'text'))
    expect(new Set(digests).size).toBe(1)
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(keyedDigest(first.of('audit-chain'), 'text')).not.toBe(digests[0])
    expect(keyedDigest(first.of('ledger-chain'), 'texT')).not.toBe(digests[0])
  })

  it('is refused when others may read it, or when it is no key', async () => {
    await keyFile(path)
    await chmod(path, 0o640)
    await expect(keyFile(path)).rejects.toThrow('may be read by others')
    await chmod(path, 0o600)
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 20))
    await expect(keyFile(path)).rejects.toThrow('is broken')
  })
})
