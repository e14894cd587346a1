import type { Metrics } from '@pe/platform/metrics/metrics.ts'
import type { FastifyInstance } from 'fastify'
import { isLoopback } from './door/address-blocks.ts'

/** The exposition for Prometheus, for this machine only; for anybody else there is no such page. */
export function addMetrics(server: FastifyInstance, metrics: Metrics): void {
  server.get('/metrics', async (request, reply) => {
    if (!isLoopback(request.visitor.address)) return reply.callNotFound()
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(await metrics.expose())
  })
}
