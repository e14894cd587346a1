import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { link, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CannotStart } from '../postgres/cannot-start.ts'
import type { Keys } from './keys.ts'

const keyBytes = 32

/** Where a data folder keeps it. */
export function keyPath(dataFolder: string): string {
  return join(dataFolder, 'chain.key')
}

const shape = /^[0-9a-f]{64}\n?$/

/**
 * Keys derived (HKDF-SHA-256, RFC 5869) from one secret of 32 random bytes in a file that only we may read. It is made once; what was
 * sealed with it can be proved only as long as it is kept.
 */
export async function keyFile(path: string): Promise<Keys> {
  await makeOnce(path)
  const text = await readFile(path, 'utf8')
  if (!shape.test(text)) throw new CannotStart(`The key file ${path} is broken. Restore it from a backup.`)
  // Windows knows no such rights.
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
    throw new CannotStart(`The key file ${path} may be read by others. Take that right from them: chmod 600 ${path}`)
  }
  return keysFrom(Buffer.from(text.trim(), 'hex'))
}

export function keysFrom(secret: Uint8Array): Keys {
  const known = new Map<string, KeyObject>()
  return {
    of(purpose) {
      const key = known.get(purpose) ?? createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, keyBytes)))
      known.set(purpose, key)
      return key
    },
  }
}

/** The file appears whole or not at all, also where two processes start at once. */
async function makeOnce(path: string): Promise<void> {
  if (await stat(path).catch(() => undefined)) return
  // Of this one attempt: two in one process must not write into one file.
  const half = `${path}.${randomBytes(8).toString('hex')}.part`
  const file = await open(half, 'wx', 0o600)
  try {
    await file.writeFile(`${randomBytes(keyBytes).toString('hex')}\n`)
    await file.sync()
    await link(half, path).catch((trouble: NodeJS.ErrnoException) => {
      if (trouble.code !== 'EEXIST') throw trouble
    })
  } finally {
    await file.close()
    await rm(half, { force: true })
  }
}
