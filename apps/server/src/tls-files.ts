import { readFile, stat } from 'node:fs/promises'
import { createSecureContext, type Server } from 'node:tls'
import { everyMinute } from '@pe/platform/clock/every-minute.ts'
import type { Log } from '@pe/platform/log/log.ts'
import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'

export interface TlsPaths {
  readonly cert: string
  readonly key: string
}

export interface TlsFiles {
  readonly cert: Buffer
  readonly key: Buffer
}

/** Certificate and key as they lie there, if they belong together; a sentence when not. */
export async function readTlsFiles(paths: TlsPaths): Promise<TlsFiles> {
  const [cert, key] = await Promise.all([readable('PE_TLS_CERT', paths.cert), readable('PE_TLS_KEY', paths.key)])
  try {
    createSecureContext({ cert, key })
  } catch (trouble) {
    const said = trouble instanceof Error ? trouble.message : String(trouble)
    throw new CannotStart(`${paths.cert} and ${paths.key} are no certificate and its key (${said}).`, { cause: trouble })
  }
  return { cert, key }
}

/** Takes a renewed certificate within a minute, without a restart: new connections get it. One that cannot be read changes nothing and is told. */
export function keepTlsFresh(server: Server, paths: TlsPaths, log: Log): { stop(): Promise<void>; look(): Promise<void> } {
  let seen = changedAt(paths)
  const look = async () => {
    const now = changedAt(paths)
    const same = (await now) === (await seen)
    seen = now
    if (same) return
    server.setSecureContext(await readTlsFiles(paths))
    log.info({ action: 'tls.renew', status: 'success' })
  }
  const { stop } = everyMinute(log, 'tls.renew', look)
  return { stop, look }
}

/** When the files were last written, as far as can be seen. */
async function changedAt({ cert, key }: TlsPaths): Promise<string> {
  const times = await Promise.all(
    [cert, key].map((path) =>
      stat(path).then(
        ({ mtimeMs, ino }) => `${mtimeMs}/${ino}`,
        () => 'gone',
      ),
    ),
  )
  return times.join(' ')
}

async function readable(setting: string, path: string): Promise<Buffer> {
  return readFile(path).catch((trouble: NodeJS.ErrnoException) => {
    throw new CannotStart(`${setting}: ${path} cannot be read (${trouble.code}).`, { cause: trouble })
  })
}
