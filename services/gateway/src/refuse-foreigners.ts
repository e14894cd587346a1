import { Refused } from '@pe/platform/http/refused.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const ownHosts = new Set(['localhost', '127.0.0.1', '[::1]'])
const readOnly = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Until sign-in exists, whoever reaches the server may do everything. So it answers only to names of this machine (a page of
 * another site that had its name rebound to 127.0.0.1 still sends its own name as Host), and takes no writes and opens no
 * stream that another site asks for.
 */
export function refuseForeigners(server: FastifyInstance): void {
  server.addHook('onRequest', async (request) => {
    const { host } = request.headers
    if (!host || !ownHosts.has(nameIn(host))) {
      throw new Refused('bad_request', 'this server answers to localhost and 127.0.0.1 only', [
        { path: 'Host', detail: 'is not this machine' },
      ])
    }
    if (!readOnly.has(request.method) || request.headers.upgrade) refuseOtherOrigin(request, host)
  })
}

function refuseOtherOrigin({ headers }: FastifyRequest, host: string): void {
  const { origin } = headers
  const crossSite = headers['sec-fetch-site'] === 'cross-site'
  if (crossSite || (origin !== undefined && hostOf(origin) !== host)) {
    throw new Refused('bad_request', 'this request comes from another site', [{ path: 'Origin', detail: 'is another site' }])
  }
}

function nameIn(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
