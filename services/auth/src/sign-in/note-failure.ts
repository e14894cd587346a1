import type { Actor, Call } from '@pe/contracts/actor.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { networkOf } from './network-of.ts'
import { callOf, callOfNobody } from './people-calls.ts'

/** Puts a failed attempt into the audit log: of whom, if there is such a person, and from where. There are only as many as attempts are let. */
export async function noteFailure(auth: AuthDeps, call: Call, action: string, person: Actor | null): Promise<void> {
  const noted = person ? callOf(call, person) : callOfNobody(call)
  await auth.db.write({ call: noted, action, subject: `address:${networkOf(call.from?.address)}` }, async () => {})
}

/** Notes that credentials were wrong; what `run` had begun is taken back by then. */
export async function notingFailure<R>(auth: AuthDeps, call: Call, action: string, person: Actor, run: () => Promise<R>): Promise<R> {
  try {
    return await run()
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.code === 'wrong_credentials') await noteFailure(auth, call, action, person)
    throw thrown
  }
}
