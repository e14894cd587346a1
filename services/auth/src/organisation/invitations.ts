import type { Call } from '@pe/contracts/actor.ts'
import type { organisationRoutes } from '@pe/contracts/organisation.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { readInvitations, withdrawOpen } from '../store/invitations.ts'
import { isMomentPlace } from './moment-place.ts'

/** Those that nobody has answered, the oldest first. */
export async function listInvitations(
  auth: AuthDeps,
  { query }: Input<typeof organisationRoutes.listInvitations>,
  { actor }: Call,
): Promise<Reply<typeof organisationRoutes.listInvitations>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isMomentPlace)
  const rows = await readInvitations(auth.db.sql, actor.organisationId, { after, limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ invitedAt, id }) => [invitedAt, id]) }
}

export async function withdrawInvitation(
  auth: AuthDeps,
  { params: { invitationId } }: Input<typeof organisationRoutes.withdrawInvitation>,
  call: Call,
): Promise<Record<string, never>> {
  return await auth.db.write({ call, action: 'invitation.withdraw', subject: `invitation:${invitationId}` }, async ({ sql }) => {
    const withdrawn = await withdrawOpen(sql, call.actor.organisationId, { id: invitationId }, auth.clock.now())
    if (!withdrawn) throw new Refused('not_found', 'there is no such invitation that is still open')
    return {}
  })
}
