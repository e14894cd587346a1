import type { Call } from '@pe/contracts/actor.ts'
import type { Invitation, organisationRoutes } from '@pe/contracts/organisation.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps, AuthSql } from '../auth-deps.ts'
import { askerOf } from '../identities/asker.ts'
import { emailKey as emailKeyOf } from '../sign-in/email-key.ts'
import { after } from '../sign-in/session-times.ts'
import { countInvitations, insertInvitation, withdrawOpen } from '../store/invitations.ts'
import { isMember } from '../store/members.ts'
import { lockOrganisation } from '../store/organisations.ts'
import { queueInvitationMail } from './invitation-mail.ts'
import { orRefuseGiving } from './role-rules.ts'

const goodMilliseconds = 7 * 86_400_000
const hourMilliseconds = 3_600_000
/** Nobody sends mail to the world through us. */
const mostAnHour = 100

/** Sends a link by which somebody may join; whoever is invited again gets a new one, and the old one is good for nothing. */
export async function invite(auth: AuthDeps, { body }: Input<typeof organisationRoutes.invite>, call: Call): Promise<Invitation> {
  const { organisationId, userId } = call.actor
  const id = auth.ids.next()
  return await auth.db.write({ call, action: 'invitation.send', subject: `invitation:${id} ${body.role}` }, async (tx) => {
    const { sql } = tx
    await lockOrganisation(sql, organisationId)
    const { standing } = await askerOf(sql, call)
    orRefuseGiving(standing, body.role)
    const now = auth.clock.now()
    await orRefuseMore(sql, organisationId, after(now, -hourMilliseconds))
    const emailKey = emailKeyOf(body.email)
    if (await isMember(sql, organisationId, emailKey))
      throw new Refused('email_taken', 'whoever has this address is in the organisation already')
    await withdrawOpen(sql, organisationId, { emailKey }, now)
    const invitation = await insertInvitation(sql, {
      id,
      organisationId,
      email: body.email,
      emailKey,
      role: body.role,
      invitedAt: now,
      invitedBy: userId,
      byHouse: standing === 'house',
      expiresAt: after(now, goodMilliseconds),
    })
    await queueInvitationMail(auth, tx, id)
    return invitation
  })
}

async function orRefuseMore(sql: AuthSql, organisationId: string, since: string): Promise<void> {
  if ((await countInvitations(sql, organisationId, since)) >= mostAnHour)
    throw new Refused('too_many_requests', `no more than ${mostAnHour} invitations are sent in an hour`)
}
