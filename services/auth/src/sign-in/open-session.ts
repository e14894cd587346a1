import type { Actor } from '@pe/contracts/actor.ts'
import type { SignedIn } from '@pe/contracts/sign-in.ts'
import type { Instant } from '@pe/finance/time/instant.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { queueNotice } from '../mail/notices.ts'
import { sweepTokens } from '../store/one-time-tokens.ts'
import { readMe } from '../store/people.ts'
import { endOne, forgetOldSessions, insertSession, isKnownDevice, type NewSessionRow } from '../store/sessions.ts'
import type { AuthTables } from '../store/tables.ts'
import { sweepAttempts } from './attempts.ts'
import { deviceOf } from './device-of.ts'
import { networkOf } from './network-of.ts'
import { digestOf, newToken } from './opaque-token.ts'
import { absoluteMilliseconds, after, pendingMilliseconds, stepUpMilliseconds } from './session-times.ts'

export interface Opening {
  /** The second factor is wanted still. */
  readonly pending: boolean
  /** Told by mail where such a device was never seen; not at the very first sign-in. */
  readonly notice: boolean
}

/**
 * Opens a session in a transaction of the person's: always under a token of its own, and what the browser came with ends, so that nobody can
 * put a session of theirs under somebody else's sign-in.
 */
export async function openSession(auth: AuthDeps, tx: WriteTx<AuthTables>, person: Actor, { pending, notice }: Opening): Promise<SignedIn> {
  const { call } = tx
  const now = auth.clock.now()
  const token = newToken()
  const session: NewSessionRow = {
    ...person,
    id: auth.ids.next(),
    digest: digestOf(token),
    pending,
    openedAt: now,
    expiresAt: after(now, pending ? pendingMilliseconds : absoluteMilliseconds),
    steppedUpUntil: pending ? null : after(now, stepUpMilliseconds),
    address: networkOf(call.from?.address),
    device: deviceOf(call.from?.userAgent),
  }
  await endSessionBrought(tx, now)
  await insertSession(tx.sql, session)
  if (!pending) {
    await forgetOldSessions(tx.sql, person.userId, now)
    await sweepAttempts(tx.sql, now)
    await sweepTokens(tx.sql, now)
    if (notice && !(await isKnownDevice(tx.sql, session))) {
      const { address, device } = session
      await queueNotice(auth, tx, { notice: 'new-device', personId: person.userId, address, device, at: now })
    }
  }
  return {
    state: pending ? 'second-factor' : 'signed-in',
    me: pending ? null : await readMe(tx.sql, person),
    session: { token, expiresAt: session.expiresAt },
  }
}

/** Whoever's it was: the browser forgets its token now. */
async function endSessionBrought({ sql, call }: WriteTx<AuthTables>, now: Instant): Promise<void> {
  if (call.by === 'session' && call.credentialId) await endOne(sql, call.credentialId, now)
}
