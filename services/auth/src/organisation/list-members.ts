import type { Call } from '@pe/contracts/actor.ts'
import type { Member, organisationRoutes } from '@pe/contracts/organisation.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { askerOf } from '../identities/asker.ts'
import { readMembers } from '../store/members.ts'
import { maskedEmail } from './masked-email.ts'

/** By name. Addresses whole are for those who look after people, and one's own. */
export async function listMembers(
  auth: AuthDeps,
  { query }: Input<typeof organisationRoutes.listMembers>,
  call: Call,
): Promise<Reply<typeof organisationRoutes.listMembers>> {
  const { organisationId, userId } = call.actor
  const limit = query.limit ?? 100
  const { permissions } = await askerOf(auth.db.sql, call)
  const whole = ({ id }: Member) => permissions.includes('people.write') || id === userId
  const rows = await readMembers(auth.db.sql, organisationId, { after: readCursor(query.cursor, isNamePlace), limit: limit + 1 })
  const items = rows.slice(0, limit).map(({ member }) => (whole(member) ? member : { ...member, email: maskedEmail(member.email) }))
  return { items, next: cursorAfter(rows, limit, ({ place }) => place) }
}

function isNamePlace([name, id, ...more]: Cursor): boolean {
  return name !== undefined && !name.includes('\0') && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id ?? '') && more.length === 0
}
