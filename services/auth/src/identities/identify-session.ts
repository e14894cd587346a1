import type { KnownIdentity } from '@pe/contracts/identities.ts'
import { permissionsOf } from '@pe/contracts/permissions.ts'
import type { Instant } from '@pe/finance/time/instant.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { digestOf } from '../sign-in/opaque-token.ts'
import { after, idleMilliseconds, pendingMilliseconds } from '../sign-in/session-times.ts'
import { type KnownSession, noteSeen, sessionOfToken } from '../store/credentials.ts'
import { sameDigest } from './api-key-text.ts'
import { believableUntil, earliest, noteEveryMilliseconds } from './believable-until.ts'
import type { NotKnown } from './not-known.ts'

const shape = /^[\w-]{43}$/

/** Whose session this token opens. */
export async function identifySession(auth: AuthDeps, token: string): Promise<KnownIdentity | NotKnown> {
  if (!shape.test(token)) return { why: 'credential-malformed' }
  const digest = digestOf(token)
  const session = await sessionOfToken(auth.db.sql, digest)
  if (!session || !sameDigest(session.digest, digest)) return { why: 'credential-unknown' }
  const { id, organisationId, personId: userId, pending, steppedUpUntil, role, timeZone, allowedAddresses } = session
  const now = auth.clock.now()
  const end = endOf(session)
  const why = troubleWith(session, end, now)
  if (why) return { why, organisationId, userId }
  await seen(auth, session, now)
  return {
    organisationId,
    userId,
    timeZone,
    permissions: pending || !role ? [] : [...permissionsOf[role]],
    credentialId: id,
    pending,
    steppedUpUntil: pending ? null : steppedUpUntil,
    expiresAt: believableUntil(now, end),
    allowedAddresses,
  }
}

function troubleWith({ endedAt, role, disabledAt }: KnownSession, end: Instant, now: Instant): NotKnown['why'] | undefined {
  if (endedAt) return 'session-ended'
  if (end <= now) return 'session-expired'
  if (!role) return 'person-removed'
  return disabledAt ? 'person-disabled' : undefined
}

/** Whatever happens, unseen for too long, or without the second factor. */
function endOf({ expiresAt, lastSeenAt, openedAt, pending }: KnownSession): Instant {
  return earliest(expiresAt, after(lastSeenAt, idleMilliseconds), ...(pending ? [after(openedAt, pendingMilliseconds)] : []))
}

async function seen(auth: AuthDeps, { id, lastSeenAt }: KnownSession, now: Instant): Promise<void> {
  const before = after(now, -noteEveryMilliseconds)
  if (lastSeenAt <= before) await noteSeen(auth.db.sql, id, now, before)
}
