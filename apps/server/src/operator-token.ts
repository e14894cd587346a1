import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { operatorPrefix } from '@pe/gateway/door/credential.ts'
import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'

/** Who can read this file acts for the house: whoever runs the program. */
function pathIn(dataFolder: string): string {
  return join(dataFolder, 'operator.token')
}

/** A new one with each start, so that a copy of yesterday's opens nothing. The file appears whole, and only we may read it. */
export async function writeOperatorToken(dataFolder: string): Promise<string> {
  const token = `${operatorPrefix}${randomBytes(32).toString('base64url')}`
  const half = `${pathIn(dataFolder)}.${process.pid}.part`
  await rm(half, { force: true })
  await writeFile(half, `${token}\n`, { mode: 0o600, flag: 'wx' })
  await rename(half, pathIn(dataFolder))
  return token
}

/** The token of the server that runs on this data folder; undefined where there is none. Throws for whoever may not read it. */
export async function readOperatorToken(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(pathIn(dataFolder), 'utf8').catch((trouble: NodeJS.ErrnoException) => {
    if (trouble.code === 'ENOENT') return undefined
    throw new CannotStart(`${pathIn(dataFolder)} cannot be read (${trouble.code}): commands are for whoever runs the server.`, {
      cause: trouble,
    })
  })
  return text?.trim() || undefined
}

export async function removeOperatorToken(dataFolder: string): Promise<void> {
  await rm(pathIn(dataFolder), { force: true })
}
