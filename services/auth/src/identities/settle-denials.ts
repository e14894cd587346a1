import type { Call } from '@pe/contracts/actor.ts'
import { newTraceId } from '@pe/platform/http/trace.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { after } from '../sign-in/session-times.ts'
import { type CountedMinute, readCounted, takeOut } from '../store/denial-counts.ts'

/** Since it began: what the door still holds of a minute may come half a minute late. */
const openMilliseconds = 90_000
const atOnce = 500

/** Another process has put it into the log, or more of it came meanwhile. */
class NotAsRead extends Error {}

/** Puts counted minutes that are over into the audit log, one line each. Answers how many. */
export async function settleDenials(auth: AuthDeps): Promise<number> {
  const before = after(auth.clock.now(), -openMilliseconds)
  let settled = 0
  for (;;) {
    const minutes = await readCounted(auth.db.sql, before, atOnce)
    for (const minute of minutes) if (await settle(auth, minute)) settled += 1
    if (minutes.length < atOnce) return settled
  }
}

async function settle(auth: AuthDeps, counted: CountedMinute): Promise<boolean> {
  const { organisationId, userId, address, minute, codes } = counted
  const call: Call = { actor: { organisationId, userId, timeZone: 'UTC' }, traceId: newTraceId() }
  try {
    await auth.db.write({ call, action: 'access.deny', subject: `address:${address} ${minute}: ${codes}` }, async ({ sql }) => {
      if (!(await takeOut(sql, counted))) throw new NotAsRead()
    })
    return true
  } catch (thrown) {
    if (thrown instanceof NotAsRead) return false
    throw thrown
  }
}

const everyMilliseconds = 60_000

/** Settles with each start what was left, and every minute what is over. */
export function settlingDenials(auth: AuthDeps): { start(): Promise<void>; stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  const settleAll = () => {
    running = settleDenials(auth).catch((trouble: unknown) => auth.log.error({ action: 'denials.settle', status: 'failure' }, trouble))
    return running
  }
  return {
    async start() {
      await settleAll()
      clearInterval(timer)
      timer = setInterval(settleAll, everyMilliseconds).unref()
    },
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
