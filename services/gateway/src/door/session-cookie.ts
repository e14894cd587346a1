import type { NewSession } from '@pe/contracts/sign-in.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** `__Host-`: browsers take it over TLS alone, for this host alone and all its paths. On plain loopback they would refuse it. */
function nameOf(secure: boolean): string {
  return secure ? '__Host-session' : 'session'
}

/** Every value under the name of the session's cookie. */
export function sessionTokensIn(header: string | undefined, secure: boolean): string[] {
  if (header === undefined) return []
  const start = `${nameOf(secure)}=`
  return header
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one.startsWith(start))
    .map((one) => one.slice(start.length))
    .filter((token) => token !== '')
}

/** Gives the browser the session, or takes it away. No script can read it, and no other site's form sends it. */
export function sessionKeeper(clock: Clock): (request: FastifyRequest, reply: FastifyReply, session: NewSession | null) => void {
  return ({ visitor: { secure } }, reply, session) => {
    const seconds = session ? Math.max(0, Math.floor((Date.parse(session.expiresAt) - Date.parse(clock.now())) / 1000)) : 0
    const parts = [`${nameOf(secure)}=${session?.token ?? ''}`, 'Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax']
    reply.header('set-cookie', [...parts, ...(secure ? ['Secure'] : [])].join('; '))
  }
}
