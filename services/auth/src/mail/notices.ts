import type { WriteTx } from '@pe/platform/db/database.ts'
import type { Job } from '@pe/platform/service.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { findPerson } from '../store/people.ts'
import type { AuthTables } from '../store/tables.ts'
import { post } from './post.ts'

/** What a person should hear of even where it was not them. */
export type Notice = { readonly personId: string; readonly at: string } & (
  | { readonly notice: 'new-device'; readonly device: string; readonly address: string }
  | { readonly notice: 'password-changed' | 'second-factor-on' | 'second-factor-off' | 'recovery-code-used' | 'recovery-codes-renewed' }
)

const subjects: Readonly<Record<Notice['notice'], string>> = {
  'new-device': 'New sign-in',
  'password-changed': 'Your password was changed',
  'second-factor-on': 'Sign-in now asks for a code',
  'second-factor-off': 'Sign-in does not ask for a code any more',
  'recovery-code-used': 'A recovery code was used',
  'recovery-codes-renewed': 'New recovery codes',
}

const jobName = 'mail-notice'

/** Told once the transaction is committed: nobody waits for a mail server. */
export async function queueNotice(auth: AuthDeps, tx: WriteTx<AuthTables>, notice: Notice): Promise<void> {
  await auth.queue.add(jobName, { ...notice }, { tx })
}

export function noticeJob(auth: AuthDeps): Job {
  return {
    name: jobName,
    async run(payload) {
      const notice = payload as unknown as Notice
      const person = await findPerson(auth.db.sql, { id: notice.personId })
      if (!person) return
      const from = notice.notice === 'new-device' ? [`From: ${notice.device}, ${notice.address}`] : []
      await post(auth, {
        to: person.email,
        subject: `PortfolioEngine: ${subjects[notice.notice]}`,
        lines: [
          `${subjects[notice.notice]}.`,
          '',
          `When: ${notice.at}`,
          ...from,
          '',
          'If that was you, nothing is to be done.',
          `If it was not: sign in at ${auth.webAddress()}, change your password and end all other sessions.`,
        ],
      })
    },
  }
}
