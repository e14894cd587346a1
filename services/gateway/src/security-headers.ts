import { randomBytes } from 'node:crypto'
import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyReply } from 'fastify'

const yearSeconds = 31_536_000

/** What answers that are no page may do: nothing. */
const nothing = "default-src 'none'; frame-ancestors 'none'"

/** Headers that browsers heed, on every answer. Content-Security-Policy: nothing at all, unless a page asks for more. */
export async function setSecurityHeaders(server: FastifyInstance): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: false,
    // Below, where TLS is spoken: a name once pinned to HTTPS would lock out whoever speaks plain HTTP on loopback.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  })
  server.addHook('onRequest', async ({ visitor }, reply) => {
    if (visitor.secure) reply.header('strict-transport-security', `max-age=${yearSeconds}; includeSubDomains`)
    reply.header('content-security-policy', nothing)
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()')
  })
}

/** The policy of the web app's page; answers the nonce that its style elements must carry, fresh for each response. */
export function allowPage(reply: FastifyReply): string {
  const nonce = randomBytes(16).toString('base64')
  reply.header('content-security-policy', pagePolicy(`'self' 'nonce-${nonce}'`))
  return nonce
}

/** The policy of the page that browses the API: its viewer writes style elements without a nonce. Scripts stay ours. */
export function allowDocs(reply: FastifyReply): void {
  reply.header('content-security-policy', pagePolicy(`'self' 'unsafe-inline'`))
}

function pagePolicy(styles: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
