import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the server that uses a data folder can be reached: written while it runs, so that commands find it. */
interface ServerFile {
  readonly pid: number
  readonly url: string
}

export async function writeServerFile(dataFolder: string, url: string): Promise<void> {
  const file: ServerFile = { pid: process.pid, url }
  await writeFile(join(dataFolder, 'server.json'), `${JSON.stringify(file)}\n`, { mode: 0o600 })
}

export async function removeServerFile(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, 'server.json'), { force: true })
}

/** The address of the server that runs on this data folder; undefined when none answers (a file left over from one that was killed counts for nothing). */
export async function runningServer(dataFolder: string): Promise<string | undefined> {
  try {
    const { url, pid } = JSON.parse(await readFile(join(dataFolder, 'server.json'), 'utf8')) as ServerFile
    process.kill(pid, 0)
    const response = await fetch(`${url}/api/v1/about`, { signal: AbortSignal.timeout(5000) })
    const about = (await response.json()) as { name?: string }
    return about.name === 'PortfolioEngine' ? url : undefined
  } catch {
    return undefined
  }
}
