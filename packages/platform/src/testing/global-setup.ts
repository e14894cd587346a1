import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Connection } from '../postgres/connection.ts'
import { launchPostgres } from '../postgres/launch-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    testPostgres: Connection
  }
}

const prefix = 'pe-test-'

/**
 * One PostgreSQL per run of the suite, in the temp folder, with everything switched off that only matters when a machine
 * loses power. Folders of runs that were killed are cleared by the next.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearForsaken()
  const dataFolder = await mkdtemp(join(tmpdir(), prefix))
  await writeFile(join(dataFolder, 'run-by'), String(process.pid))
  const postgres = await launchPostgres({
    dataFolder,
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '64MB', max_connections: '300' },
  })
  project.provide('testPostgres', postgres.superuser)
  return async () => {
    await postgres.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function clearForsaken(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const folder = join(tmpdir(), name)
    const owner = Number(await readFile(join(folder, 'run-by'), 'utf8').catch(() => Number.NaN))
    if (Number.isNaN(owner) || isRunning(owner)) continue
    await launchPostgres({ dataFolder: folder })
      .then((postgres) => postgres.stop())
      .catch(() => {})
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (trouble) {
    return trouble instanceof Error && 'code' in trouble && trouble.code === 'EPERM'
  }
}
