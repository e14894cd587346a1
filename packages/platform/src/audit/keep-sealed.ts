import { everyMinute } from '../clock/every-minute.ts'
import type { PlatformDatabase } from '../db/service-database.ts'
import type { ObjectStorage } from '../files/object-storage.ts'
import { sealAndNote } from './seal-audit.ts'

/** Seals the audit log of a service every minute and when it is stopped. */
export function keepSealed(database: PlatformDatabase, anchors: ObjectStorage): { stop(): Promise<void> } {
  return everyMinute(database.log, 'audit.seal', () => sealAndNote(database, anchors))
}
