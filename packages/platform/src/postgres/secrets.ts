import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** Passwords of the database's roles, made by chance and kept in one file (0600) of the data folder. */
export interface DatabaseSecrets {
  readonly superuser: string
  /** The password of a service's role, made on first use. */
  of(service: string): Promise<string>
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

export async function databaseSecrets(dataFolder: string): Promise<DatabaseSecrets> {
  const path = join(dataFolder, 'database-passwords.json')
  await writeNew(path, { superuser: newPassword() })
  const passwords = await readPasswords(path)
  return {
    superuser: passwords.superuser ?? '',
    async of(service) {
      const known = passwords[service]
      if (known) return known
      const made = newPassword()
      passwords[service] = made
      const next = `${path}.${process.pid}`
      await writeNew(next, passwords)
      await rename(next, path)
      return made
    },
  }
}

async function writeNew(path: string, passwords: Record<string, string>): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(JSON.stringify(passwords, null, 2))
    await file.sync()
    await file.close()
  } catch (trouble) {
    if (!(trouble instanceof Error && 'code' in trouble && trouble.code === 'EEXIST')) throw trouble
  }
}

async function readPasswords(path: string): Promise<Record<string, string>> {
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'))
  if (!parsed || typeof parsed !== 'object') throw new CannotStart(`The file of database passwords ${path} is broken.`)
  return parsed as Record<string, string>
}
