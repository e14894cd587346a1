import type { Call } from '@pe/contracts/actor.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { envelope } from '@pe/platform/keys/envelope.ts'
import type { Job } from '@pe/platform/service.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { callOf, callOfNobody } from '../sign-in/people-calls.ts'
import { giveToken } from '../store/one-time-tokens.ts'
import { findPerson } from '../store/people.ts'
import type { AuthTables } from '../store/tables.ts'
import { linkTo, post } from './post.ts'

const hour = 3_600_000
const resetJobName = 'mail-password-reset'
const verificationJobName = 'mail-email-verification'
const context = 'auth|password-reset'

/**
 * A job that looks whether there is such a person and writes to them: whoever asks waits as long, and is told the same, for any address.
 * The token is made when the mail is written, so that none ever stands in the queue; the address stands there sealed.
 */
export async function queuePasswordReset(auth: AuthDeps, call: Call, email: string): Promise<void> {
  await auth.queue.add(resetJobName, { email: envelope(auth.keys).seal(email, context) }, { call: callOfNobody(call) })
}

export function passwordResetJob(auth: AuthDeps): Job {
  return {
    name: resetJobName,
    async run({ email }, call) {
      const person = await findPerson(auth.db.sql, { email: envelope(auth.keys).open(String(email), context) })
      if (!person) return
      const act = { call: callOf(call, person), action: 'password-reset.send', subject: `person:${person.userId}` }
      const token = await auth.db.write(act, (tx) =>
        giveToken(tx.sql, { purpose: 'password-reset', personId: person.userId, now: auth.clock.now(), goodForMilliseconds: hour }),
      )
      await post(auth, {
        to: person.email,
        subject: 'PortfolioEngine: A new password',
        lines: [
          'Somebody, you we hope, wants to set a new password for this address. This link does it, once and within an hour:',
          '',
          linkTo(auth, '/reset-password', token),
          '',
          'If that was not you, nothing is to be done: the password stays as it is.',
        ],
      })
    },
  }
}

/** Asks a person to confirm the address, once the transaction is committed. */
export async function queueVerification(auth: AuthDeps, tx: WriteTx<AuthTables>, personId: string): Promise<void> {
  await auth.queue.add(verificationJobName, { personId }, { tx })
}

export function verificationJob(auth: AuthDeps): Job {
  return {
    name: verificationJobName,
    async run({ personId }) {
      const person = await findPerson(auth.db.sql, { id: String(personId) })
      if (!person) return
      const now = auth.clock.now()
      const token = await giveToken(auth.db.sql, {
        purpose: 'verify-email',
        personId: person.userId,
        now,
        goodForMilliseconds: 7 * 24 * hour,
      })
      await post(auth, {
        to: person.email,
        subject: 'PortfolioEngine: Is this your address?',
        lines: ['This link confirms that mail reaches you here. It is good for a week:', '', linkTo(auth, '/verify-email', token)],
      })
    },
  }
}
