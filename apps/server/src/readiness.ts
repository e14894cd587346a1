import { setTimeout as pause } from 'node:timers/promises'
import type { Readiness } from '@pe/gateway/health.ts'
import type { PlatformDatabase } from '@pe/platform/db/service-database.ts'

const patienceMilliseconds = 1500

/** Whether every service has started and its database answers, soon enough for a load balancer. */
export function readinessOf(started: () => boolean, databases: readonly PlatformDatabase[]): () => Promise<Readiness> {
  return async () => {
    const checks = await Promise.all(
      databases.map(async (database) => [database.service, (await answers(database)) ? 'ok' : 'unavailable'] as const),
    )
    return { ready: started() && checks.every(([, state]) => state === 'ok'), checks: Object.fromEntries(checks) }
  }
}

async function answers(database: PlatformDatabase): Promise<boolean> {
  const asked = database.pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([asked, pause(patienceMilliseconds, false, { ref: false })])
}
