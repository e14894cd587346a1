import type { Actor, Call } from '@pe/contracts/actor.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { SignedIn, signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { addressBucket, countAttempt } from '../sign-in/attempts.ts'
import { orRefuseTimeZone } from '../sign-in/known-time-zone.ts'
import { noteFailure } from '../sign-in/note-failure.ts'
import { digestOf } from '../sign-in/opaque-token.ts'
import { openSession } from '../sign-in/open-session.ts'
import { orRefuseWeak } from '../sign-in/password-strength.ts'
import { callOf } from '../sign-in/people-calls.ts'
import { findOpen, type OpenInvitation, useUp } from '../store/invitations.ts'
import { insertPerson } from '../store/people.ts'
import { mayGive } from './role-rules.ts'

/** Makes a person of whoever holds the link, with the role they were invited for, and signs them in. */
export async function acceptInvitation(
  auth: AuthDeps,
  { body }: Input<typeof signInRoutes.acceptInvitation>,
  call: Call,
): Promise<SignedIn> {
  const attempt = await countAttempt(auth, [addressBucket(call)])
  const invitation = await findOpen(auth.db.sql, digestOf(body.token), auth.clock.now())
  if (!invitation || !isStillMeant(invitation)) {
    await noteFailure(auth, call, 'invitation.fail', null)
    throw spent()
  }
  await attempt.succeeded()
  const { id, organisationId, email, role } = invitation
  orRefuseTimeZone(auth, body.timeZone)
  orRefuseWeak(body.password, [email, body.name])
  const phc = await auth.hasher.hash(body.password)
  const person: Actor = { organisationId, userId: auth.ids.next(), timeZone: body.timeZone }
  const act = { call: callOf(call, person), action: 'invitation.accept', subject: `invitation:${id} ${role}` }
  return await auth.db.write(act, async (tx) => {
    const now = auth.clock.now()
    if (!(await useUp(tx.sql, id, now))) throw spent()
    await insertPerson(tx.sql, { ...person, email, emailVerified: true, name: body.name, role, phc }, now).catch(orRefuseTaken)
    return await openSession(auth, tx, person, { pending: false, notice: false })
  })
}

/** Whoever sent it may have lost the right to since. */
function isStillMeant({ byHouse, inviterRole, role }: OpenInvitation): boolean {
  if (byHouse) return true
  return inviterRole !== null && mayGive(inviterRole, role)
}

const uniqueViolation = '23505'

function orRefuseTaken(trouble: unknown): never {
  const taken = trouble instanceof Error && 'code' in trouble && trouble.code === uniqueViolation
  throw taken ? new Refused('email_taken', 'whoever has this address has an account already', [], trouble) : trouble
}

function spent(): Refused {
  return new Refused('token_spent', 'this link is no longer good: ask to be invited again')
}
