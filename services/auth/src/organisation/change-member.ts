import type { Call } from '@pe/contracts/actor.ts'
import type { Member, organisationRoutes } from '@pe/contracts/organisation.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps, AuthSql } from '../auth-deps.ts'
import { askerOf } from '../identities/asker.ts'
import { countOtherOwners, endSessionsOf, readMembers, updateMembership } from '../store/members.ts'
import { lockOrganisation } from '../store/organisations.ts'
import { orRefuseChange } from './role-rules.ts'

/** Gives somebody another role, or disables them, which ends their sessions; enabled again, they sign in anew. */
export async function changeMember(
  auth: AuthDeps,
  { params: { personId }, body }: Input<typeof organisationRoutes.changeMember>,
  call: Call,
): Promise<Member> {
  const { organisationId, userId } = call.actor
  const subject = [`person:${personId}`, body.role, stateOf(body.disabled)].filter(Boolean).join(' ')
  return await auth.db.write({ call, action: 'member.change', subject }, async ({ sql }) => {
    await lockOrganisation(sql, organisationId)
    // Behind the lock: somebody may have changed what this one may do while they waited.
    const { standing } = await askerOf(sql, call)
    const before = await memberOrRefuse(sql, organisationId, personId)
    const { role = before.role, disabled = before.disabledAt !== null } = body
    orRefuseChange(standing, {
      from: before.role,
      to: role,
      disabledBefore: before.disabledAt !== null,
      disabled,
      self: personId === userId,
      otherOwners: await countOtherOwners(sql, organisationId, personId),
    })
    const now = auth.clock.now()
    await updateMembership(sql, organisationId, personId, { role, disabledAt: disabled ? (before.disabledAt ?? now) : null })
    if (disabled) await endSessionsOf(sql, organisationId, personId, now)
    return await memberOrRefuse(sql, organisationId, personId)
  })
}

async function memberOrRefuse(sql: AuthSql, organisationId: string, personId: string): Promise<Member> {
  const [row] = await readMembers(sql, organisationId, { personId, limit: 1 })
  if (!row) throw new Refused('not_found', 'there is nobody of that id in the organisation')
  return row.member
}

function stateOf(disabled: boolean | undefined): string | undefined {
  if (disabled === undefined) return undefined
  return disabled ? 'disabled' : 'enabled'
}
