import { chmod, chown, lstat, mkdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { CannotStart } from './cannot-start.ts'
import { type Account, closedFolderOnTheWay } from './database-account.ts'

/** Where data stands when PE_DATA names no folder: /var/lib for root, else the XDG data home. */
export function defaultDataFolder({
  uid = process.getuid?.(),
  home = homedir(),
  xdgDataHome,
  platform = process.platform,
}: {
  uid?: number | undefined
  home?: string
  xdgDataHome?: string | undefined
  platform?: NodeJS.Platform
} = {}): string {
  if (uid === 0) return '/var/lib/portfolioengine'
  if (xdgDataHome) return join(xdgDataHome, 'portfolioengine')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'portfolioengine')
  return join(home, '.local', 'share', 'portfolioengine')
}

/** Makes the data folder, private and owned by the account that runs the database; a sentence when that cannot be. */
export async function prepareDataFolder(folder: string, account: Account | undefined): Promise<void> {
  await refuseOutOfReach(folder, account)
  try {
    // Only the folder itself is private: the account must pass those above it.
    await mkdir(dirname(folder), { recursive: true })
    await mkdir(folder, { mode: 0o700 }).catch(async (trouble: unknown) => {
      if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw trouble
    })
  } catch (trouble) {
    throw new CannotStart(`The data folder ${folder} cannot be made (${codeOf(trouble)}). Name another with PE_DATA.`, { cause: trouble })
  }
  await claimFolder(folder, account, 'data folder')
  await refuseOutOfReach(folder, account)
}

async function refuseOutOfReach(folder: string, account: Account | undefined): Promise<void> {
  const closed = account && (await closedFolderOnTheWay(folder, account))
  if (!closed) return
  throw new CannotStart(
    `The data folder ${folder} cannot be reached by the account '${account.name}' that runs the database: ${closed} is closed to it. Name another with PE_DATA.`,
  )
}

/** A folder for our eyes only (0700), owned by the account or by us. Refuses a link, or a folder of somebody else. */
export async function claimFolder(folder: string, account: Account | undefined, what: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const linked = (await lstat(folder)).isSymbolicLink()
  const found = await stat(folder)
  const us = process.getuid?.()
  if (us === undefined) return
  const owner = account?.uid ?? us
  const allowed = found.uid === owner || found.uid === us
  if (!allowed || (linked && what !== 'data folder')) {
    throw new CannotStart(
      `The ${what} ${folder} belongs to user ${found.uid}, not to ${account ? `'${account.name}' (${owner})` : `user ${owner}`}. Give it to that user or name another with PE_DATA.`,
    )
  }
  try {
    if (found.uid !== owner && account) await chown(folder, account.uid, account.gid)
    if ((found.mode & 0o777) !== 0o700) await chmod(folder, 0o700)
  } catch (trouble) {
    throw new CannotStart(`The ${what} ${folder} is not writable (${codeOf(trouble)}). Name another with PE_DATA.`, { cause: trouble })
  }
}

function codeOf(trouble: unknown): string {
  if (!(trouble instanceof Error && 'code' in trouble)) return String(trouble)
  return trouble.code === 'EEXIST' || trouble.code === 'ENOTDIR' ? 'a file stands in its way' : String(trouble.code)
}
