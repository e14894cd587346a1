import type { WriteTx } from '@pe/platform/db/database.ts'
import type { Job } from '@pe/platform/service.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { linkTo, post } from '../mail/post.ts'
import { digestOf, newToken } from '../sign-in/opaque-token.ts'
import { giveLink } from '../store/invitations.ts'
import type { AuthTables } from '../store/tables.ts'

const jobName = 'mail-invitation'

/** Sent once the transaction is committed. */
export async function queueInvitationMail(auth: AuthDeps, tx: WriteTx<AuthTables>, invitationId: string): Promise<void> {
  await auth.queue.add(jobName, { invitationId }, { tx })
}

/** The token is made when the mail is written, so that it stands nowhere but there. */
export function invitationJob(auth: AuthDeps): Job {
  return {
    name: jobName,
    async run({ invitationId }) {
      const token = newToken()
      const invitation = await giveLink(auth.db.sql, String(invitationId), digestOf(token))
      if (!invitation) return
      const { email, role, organisation, expiresAt } = invitation
      await post(auth, {
        to: email,
        subject: `PortfolioEngine: You are invited to ${organisation}`,
        lines: [
          `You are invited to join '${organisation}' as ${role}. This link lets you choose a password, once and until ${expiresAt.slice(0, 10)}:`,
          '',
          linkTo(auth, '/invitation', token),
          '',
          'If you do not know what this is about, nothing is to be done.',
        ],
      })
    },
  }
}
