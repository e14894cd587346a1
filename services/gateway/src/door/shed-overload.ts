import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Refused } from '@pe/platform/http/refused.ts'
import type { FastifyInstance } from 'fastify'

/** What this process can still answer in good time. */
export interface Strength {
  /** Requests under way at once, streams not counted. */
  readonly mostAtOnce: number
  /** Where work is taken up so late, no more than a few are let in. */
  readonly lateMilliseconds: number
  readonly fewAtOnce: number
  /** How late the process is with what it has to do, in milliseconds; measured when absent. */
  readonly lateness?: () => number
}

export const usualStrength: Strength = { mostAtOnce: 2000, lateMilliseconds: 1000, fewAtOnce: 64 }

const resolutionMilliseconds = 20
const lookEvery = 1000

/** Beyond its strength a server answers nobody in time: whoever comes then is asked to come again, and those inside are served. */
export function shedOverload(
  server: FastifyInstance,
  { mostAtOnce, lateMilliseconds, fewAtOnce, lateness = measured(server) }: Strength,
): void {
  let inside = 0
  server.addHook('onRequest', async ({ headers, url }, reply) => {
    // Whoever looks after us must hear from us, most of all now.
    if (headers.upgrade !== undefined || url.startsWith('/health') || url === '/metrics') return
    const most = lateness() > lateMilliseconds ? fewAtOnce : mostAtOnce
    if (inside >= most) throw new Refused('unavailable', 'too many requests are under way here just now; try again')
    inside += 1
    reply.raw.once('close', () => {
      inside -= 1
    })
  })
}

/** The mean of the last second: one long piece of work is no overload. */
function measured(server: FastifyInstance): () => number {
  const delay = monitorEventLoopDelay({ resolution: resolutionMilliseconds })
  delay.enable()
  let late = 0
  const timer = setInterval(() => {
    late = Number.isNaN(delay.mean) ? 0 : delay.mean / 1e6 - resolutionMilliseconds
    delay.reset()
  }, lookEvery).unref()
  server.addHook('onClose', async () => {
    clearInterval(timer)
    delay.disable()
  })
  return () => late
}
