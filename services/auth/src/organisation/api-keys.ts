import type { Call } from '@pe/contracts/actor.ts'
import type { ApiKey, organisationRoutes } from '@pe/contracts/organisation.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { readApiKeys, revoke } from '../store/api-keys.ts'
import { isMomentPlace } from './moment-place.ts'

/** Those that were not revoked, expired ones too, the oldest first. */
export async function listApiKeys(
  auth: AuthDeps,
  { query }: Input<typeof organisationRoutes.listApiKeys>,
  { actor }: Call,
): Promise<Reply<typeof organisationRoutes.listApiKeys>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isMomentPlace)
  const rows = await readApiKeys(auth.db.sql, actor.organisationId, { after, limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ createdAt, id }) => [createdAt, id]) }
}

/** Good for nothing from now on; revoking again changes nothing. */
export async function revokeApiKey(
  auth: AuthDeps,
  { params: { keyId } }: Input<typeof organisationRoutes.revokeApiKey>,
  call: Call,
): Promise<ApiKey> {
  const { organisationId } = call.actor
  return await auth.db.write({ call, action: 'api-key.revoke', subject: `api-key:${keyId}` }, async ({ sql }) => {
    await revoke(sql, organisationId, keyId, auth.clock.now())
    const [key] = await readApiKeys(sql, organisationId, { id: keyId, limit: 1, all: true })
    if (!key) throw new Refused('not_found', 'there is no such API key')
    return key
  })
}
