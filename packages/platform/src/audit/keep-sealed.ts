import type { PlatformDatabase } from '../db/service-database.ts'
import type { ObjectStorage } from '../files/object-storage.ts'
import { sealAndNote } from './seal-audit.ts'

const everyMilliseconds = 60_000

/** Seals the audit log of a service every minute and when it is stopped. Trouble is told and tried again with the next minute. */
export function keepSealed(database: PlatformDatabase, anchors: ObjectStorage): { stop(): Promise<void> } {
  let running = Promise.resolve()
  const seal = () => {
    running = running
      .then(() => sealAndNote(database, anchors))
      .catch((trouble: unknown) => database.log.error({ action: 'audit.seal', status: 'failure' }, trouble))
    return running
  }
  const timer = setInterval(seal, everyMilliseconds)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await seal()
    },
  }
}
