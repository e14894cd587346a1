import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { epochMilliseconds } from '@pe/finance/time/instant.ts'
import type { Clock } from '../clock/clock.ts'
import type { Ids } from '../ids/ids.ts'
import type { Mail } from './mail.ts'

/** Days a mail stays in its folder: it may hold a link that opens an account. */
const daysKept = 7

/** Mail as files that only we may read, where no SMTP server is set up. Old ones are taken away as new ones come. */
export function fileMail(folder: string, clock: Clock, ids: Ids): Mail {
  return {
    async send({ to, subject, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await removeOld(folder, epochMilliseconds(clock.now()) - daysKept * 86_400_000)
      const head = [`To: ${oneLine(to)}`, `Subject: ${oneLine(subject)}`, `Date: ${clock.now()}`]
      await writeFile(join(folder, `${ids.next()}.txt`), `${head.join('\n')}\n\n${text}\n`, { mode: 0o600, flag: 'wx' })
    },
  }
}

async function removeOld(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true })
  }
}

function oneLine(value: string): string {
  return value.replaceAll(/[\r\n]+/g, ' ')
}
