import type { KnownIdentity } from '@pe/contracts/identities.ts'
import { type Permission, permissionsOf } from '@pe/contracts/permissions.ts'
import type { Instant } from '@pe/finance/time/instant.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { digestOf } from '../sign-in/opaque-token.ts'
import { after } from '../sign-in/session-times.ts'
import { findKey, type KnownKey, noteUse } from '../store/api-keys.ts'
import { keyIdOf, sameDigest } from './api-key-text.ts'
import { narrowed } from './asker.ts'
import { believableUntil, noteEveryMilliseconds } from './believable-until.ts'
import type { NotKnown } from './not-known.ts'

/** Compared with where there is no such key, so that this takes as long. */
const nobodys = digestOf('')

/** For whom an API key acts: within its scopes, and within what its maker may do now. */
export async function identifyKey(auth: AuthDeps, text: string): Promise<KnownIdentity | NotKnown> {
  const id = keyIdOf(text)
  if (id === undefined) return { why: 'credential-malformed' }
  const key = await findKey(auth.db.sql, id)
  const right = sameDigest(key?.digest ?? nobodys, digestOf(text))
  if (!key || !right) return { why: 'credential-unknown' }
  const { organisationId, madeBy: userId, allowedAddresses } = key
  const now = auth.clock.now()
  const why = troubleWith(key, now)
  if (why) return { why, organisationId, userId }
  await used(auth, key, now)
  return {
    organisationId,
    userId,
    timeZone: key.timeZone ?? 'UTC',
    permissions: narrowed(makerMay(key), key.scopes),
    credentialId: id,
    pending: false,
    steppedUpUntil: null,
    expiresAt: believableUntil(now, key.expiresAt),
    allowedAddresses,
  }
}

function troubleWith({ revokedAt, expiresAt, byHouse, makerRole, makerDisabledAt }: KnownKey, now: Instant): NotKnown['why'] | undefined {
  if (revokedAt) return 'key-revoked'
  if (expiresAt && expiresAt <= now) return 'key-expired'
  if (byHouse) return undefined
  if (!makerRole) return 'person-removed'
  return makerDisabledAt ? 'person-disabled' : undefined
}

/** What the house makes it makes for itself: it may all that an owner may. */
function makerMay({ byHouse, makerRole }: KnownKey): readonly Permission[] {
  if (byHouse) return permissionsOf.owner
  return makerRole ? permissionsOf[makerRole] : []
}

async function used(auth: AuthDeps, { id, lastUsedAt }: KnownKey, now: Instant): Promise<void> {
  const before = after(now, -noteEveryMilliseconds)
  if (!lastUsedAt || lastUsedAt <= before) await noteUse(auth.db.sql, id, now, before)
}
