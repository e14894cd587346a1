import type { FastifyInstance } from 'fastify'

/** One word for each thing that requests need: the database of each service, mostly. */
export interface Readiness {
  readonly ready: boolean
  readonly checks: Readonly<Record<string, 'ok' | 'unavailable'>>
}

/** `live`: the process answers. `ready`: what it needs answers too. */
export function addHealth(server: FastifyInstance, ready: () => Promise<Readiness>): void {
  server.get('/health/live', async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  server.get('/health/ready', async (_, reply) => {
    const state = await ready()
    return reply
      .code(state.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: state.ready ? 'ok' : 'unavailable', checks: state.checks })
  })
}
