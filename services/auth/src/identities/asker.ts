import type { Call } from '@pe/contracts/actor.ts'
import { type Permission, permissionsOf } from '@pe/contracts/permissions.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthSql } from '../auth-deps.ts'
import type { Standing } from '../organisation/role-rules.ts'

/** Whoever asks, as they stand in the organisation now: what the door believes may be half a minute old. */
export interface Asker {
  readonly standing: Standing
  readonly permissions: readonly Permission[]
}

/** Refuses `forbidden` whoever is no member, or a disabled one. */
export async function askerOf(sql: AuthSql, { actor, by, permissions }: Call): Promise<Asker> {
  if (by === 'operator') return { standing: 'house', permissions: permissions ?? permissionsOf.owner }
  // A look around without signing in: it stands nowhere.
  if (by === 'demo') return { standing: 'viewer', permissions: permissions ?? permissionsOf.viewer }
  const member = await sql
    .selectFrom('membership')
    .select('role')
    .where('organisation_id', '=', actor.organisationId)
    .where('person_id', '=', actor.userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!member) throw new Refused('forbidden', 'only for members of the organisation')
  return { standing: member.role, permissions: narrowed(permissionsOf[member.role], permissions) }
}

/** Those of the first that are among the second, where there is one. */
export function narrowed(all: readonly Permission[], to: readonly Permission[] | undefined): Permission[] {
  return all.filter((permission) => to?.includes(permission) ?? true)
}
