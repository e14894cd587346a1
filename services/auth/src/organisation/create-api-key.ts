import type { Call } from '@pe/contracts/actor.ts'
import type { organisationRoutes } from '@pe/contracts/organisation.ts'
import { permissions } from '@pe/contracts/permissions.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { epochMilliseconds, instant } from '@pe/finance/time/instant.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { newKeyText } from '../identities/api-key-text.ts'
import { askerOf } from '../identities/asker.ts'
import { digestOf } from '../sign-in/opaque-token.ts'
import { insertApiKey, readApiKeys } from '../store/api-keys.ts'

/** Makes a key that may do some of what its maker may do. Its secret is in this answer and nowhere else. */
export async function createApiKey(
  auth: AuthDeps,
  { body }: Input<typeof organisationRoutes.createApiKey>,
  call: Call,
): Promise<Reply<typeof organisationRoutes.createApiKey>> {
  const { organisationId, userId } = call.actor
  const now = auth.clock.now()
  const expiresAt = body.expiresAt === undefined ? null : instant(body.expiresAt)
  if (expiresAt !== null && epochMilliseconds(expiresAt) <= epochMilliseconds(now))
    throw new Refused('bad_request', 'the key would have expired already', [{ path: 'expiresAt', detail: 'must lie ahead' }])
  const scopes = permissions.filter((permission) => body.scopes.includes(permission))
  const id = auth.ids.next()
  const secret = newKeyText(id)
  const subject = `api-key:${id} ${scopes.join(' ')}`
  const key = await auth.db.write({ call, action: 'api-key.create', subject }, async ({ sql }) => {
    const asker = await askerOf(sql, call)
    const beyond = scopes.filter((scope) => !asker.permissions.includes(scope))
    if (beyond.length > 0) throw new Refused('forbidden', `you cannot give what you do not have: ${beyond.join(', ')}`)
    const byHouse = asker.standing === 'house'
    const digest = digestOf(secret)
    await insertApiKey(sql, { id, organisationId, madeBy: userId, byHouse, name: body.name.trim(), scopes, digest, madeAt: now, expiresAt })
    const [made] = await readApiKeys(sql, organisationId, { id, limit: 1 })
    if (!made) throw new Error(`key ${id} was made and is not there`)
    return made
  })
  return { key, secret }
}
