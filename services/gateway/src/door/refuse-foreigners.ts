import { Refused } from '@pe/platform/http/refused.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopback } from './address-blocks.ts'
import { sessionTokensIn } from './session-cookie.ts'
import { isLoopbackName } from './visitor.ts'

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS'])

export interface ForeignersOptions {
  /** Where people reach us, 'https://pe.example.org'; names of this machine alone when absent. */
  readonly publicUrl?: string | undefined
  /** Plain HTTP from other machines, too: what is sent can be read on the way. */
  readonly insecure: boolean
}

/**
 * Answers to our own names only (a page of another site that had its name rebound to this address still sends its own name as Host), over
 * plain HTTP to this machine only, and takes no writes and opens no stream that another site asks for: a browser would send our cookie along.
 */
export function refuseForeigners(server: FastifyInstance, { publicUrl, insecure }: ForeignersOptions): void {
  const own = publicUrl === undefined ? undefined : new URL(publicUrl)
  server.addHook('onRequest', async (request) => {
    const { visitor, headers, method, url } = request
    // Whoever looks after us asks by address, and learns one word.
    if (url.startsWith('/health/')) return
    if (!visitor.host || !(isLoopbackName(visitor.host) || visitor.host.toLowerCase() === own?.host)) {
      throw new Refused('bad_request', `this server answers to ${own ? `${own.host}, ` : ''}localhost and 127.0.0.1 only`, [
        { path: 'Host', detail: 'is not the name of this server' },
      ])
    }
    if (!visitor.secure && !insecure && !isLoopback(visitor.address)) {
      throw new Refused('bad_request', 'without TLS this server answers to this machine only: ask by https')
    }
    if (!readOnly.has(method) || headers.upgrade) refuseOtherSite(request, own)
  })
}

function refuseOtherSite({ headers, visitor }: FastifyRequest, own: URL | undefined): void {
  const site = headers['sec-fetch-site']
  const ours = [`${visitor.secure ? 'https' : 'http'}://${visitor.host?.toLowerCase()}`, own?.origin]
  const foreign = site === undefined ? false : site !== 'same-origin' && site !== 'none'
  if (foreign || (headers.origin !== undefined && !ours.includes(headers.origin))) throw otherSite()
  // A browser says where a write comes from, in one way or the other; what says nothing is no page of ours.
  const byCookie = headers.authorization === undefined && sessionTokensIn(headers.cookie, visitor.secure).length > 0
  if (byCookie && headers.origin === undefined && site === undefined) throw otherSite()
}

function otherSite(): Refused {
  return new Refused('other_site', 'this request comes from another site', [{ path: 'Origin', detail: 'is another site' }])
}
