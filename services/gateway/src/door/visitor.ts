import type { TLSSocket } from 'node:tls'
import type { CameFrom } from '@pe/contracts/identities.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Blocks, isLoopback, plainAddress } from './address-blocks.ts'

/** Where a request comes from, and how it came. */
export interface Visitor {
  readonly address: string
  readonly userAgent: string
  /** By TLS, here or at a proxy that we trust. */
  readonly secure: boolean
  /** Host as it was asked for: 'pe.example.org:8443'. */
  readonly host: string | undefined
  /** Somebody at this machine, who asks for it by a name of its own. */
  readonly local: boolean
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether a Host names this machine for itself: 'localhost:8080'. */
export function isLoopbackName(host: string | undefined): boolean {
  return host !== undefined && loopbackNames.has(host.replace(/:\d+$/, '').toLowerCase())
}

declare module 'fastify' {
  interface FastifyRequest {
    visitor: Visitor
  }
}

/** Longer ones are cut: contracts/identities.ts. */
const longestUserAgent = 500

/** Puts the visitor on every request, before anything else looks at it. */
export function seeVisitors(server: FastifyInstance, trusted: Blocks): void {
  server.decorateRequest('visitor', undefined as never)
  server.addHook('onRequest', async (request) => {
    request.visitor = visitorOf(request, trusted)
  })
}

/** What a proxy that we trust says of the visitor counts; from anybody else these headers are a claim that nobody heeds. */
function visitorOf({ headers, socket }: FastifyRequest, trusted: Blocks): Visitor {
  const peer = plainAddress(socket.remoteAddress ?? '') ?? ''
  const userAgent = (headers['user-agent'] ?? '').slice(0, longestUserAgent)
  const secure = (socket as TLSSocket).encrypted === true
  const { host } = headers
  if (!trusted(peer)) return { address: peer, userAgent, secure, host, local: isLoopback(peer) && isLoopbackName(host) }
  const address = beforeProxies(peer, listed(headers['x-forwarded-for']), trusted)
  const asked = last(headers['x-forwarded-host']) ?? host
  const proto = last(headers['x-forwarded-proto'])
  return {
    address,
    userAgent,
    secure: proto === undefined ? secure : proto.toLowerCase() === 'https',
    host: asked,
    local: isLoopback(address) && isLoopbackName(asked),
  }
}

/** Each proxy appends who asked it: the nearest that is no proxy of ours is the visitor, whatever stands before. */
function beforeProxies(peer: string, claimed: readonly string[], trusted: Blocks): string {
  let address = peer
  for (const text of claimed.toReversed()) {
    const next = plainAddress(text)
    if (next === undefined) return address
    address = next
    if (!trusted(address)) return address
  }
  return address
}

function listed(header: string | string[] | undefined): string[] {
  return (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function last(header: string | string[] | undefined): string | undefined {
  return listed(header).at(-1)
}

/** What auth is told of a request. */
export function cameFrom({ visitor: { address, userAgent } }: FastifyRequest): CameFrom {
  return { address, userAgent }
}
