import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'

const waitMilliseconds = 10_000
const lookEveryMilliseconds = 200
/** Files are dated by a clock that may be behind ours. */
const slackMilliseconds = 1000

/**
 * The link that the server has just mailed to an address, where mail lies in the data folder: without a mail server nobody else would see it.
 * Undefined where it went by mail, or did not come within some seconds.
 */
export async function mailedLink({ dataFolder, mail }: Config, to: string, path: string, since: number): Promise<string | undefined> {
  if (mail.smtp) return undefined
  const link = new RegExp(`https?://\\S+${path}\\?token=[\\w-]+`)
  for (const until = performance.now() + waitMilliseconds; performance.now() < until; ) {
    for (const text of await mailsSince(join(dataFolder, 'mail'), since - slackMilliseconds)) {
      const [found] = link.exec(text) ?? []
      if (found && text.split('\n')[0]?.toLowerCase() === `to: ${to.toLowerCase()}`) return found
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMilliseconds))
  }
  return undefined
}

/** The newest first. */
async function mailsSince(folder: string, since: number): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const texts: string[] = []
  for (const name of names.toSorted().toReversed()) {
    const path = join(folder, name)
    if ((await stat(path)).mtimeMs < since) break
    texts.push(await readFile(path, 'utf8'))
  }
  return texts
}
