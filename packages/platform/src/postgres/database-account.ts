import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The Unix account that PostgreSQL runs as. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root: then it runs as `postgres` where that account exists, else as `nobody`.
 * Undefined: as whoever we are.
 */
export async function databaseAccount(uid = process.getuid?.()): Promise<Account | undefined> {
  if (uid !== 0) return undefined
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8'))
  return accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody')
}

export function parsePasswd(text: string): Account[] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

/** The first folder on the way to `path` that the account may not pass; undefined when all are open to it. */
export async function closedFolderOnTheWay(path: string, account: Account): Promise<string | undefined> {
  const folders: string[] = []
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.unshift(folder)
    if (folder === dirname(folder)) break
  }
  for (const folder of folders) {
    const found = await stat(folder).catch(() => undefined)
    if (!found?.isDirectory()) return undefined
    const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001
    if ((found.mode & bit) === 0) return folder
  }
  return undefined
}
