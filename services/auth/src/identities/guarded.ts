import type { Call } from '@pe/contracts/actor.ts'
import { type Permission, permissions } from '@pe/contracts/permissions.ts'
import type { Handlers, Route, Routes } from '@pe/contracts/route.ts'
import { clientOf, handlerOf } from '@pe/platform/http/plain-call.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { steppedUpSession } from '../sign-in/own-session.ts'
import { askerOf } from './asker.ts'

/**
 * Operations behind a second look: what whoever asks may do is read again where it is kept, and a sensitive act needs the password, or a second
 * factor, given in the last minutes. The door asks the same questions, but may believe an answer for half a minute.
 */
export function guarded<T extends Routes>(auth: AuthDeps, routes: T, handlers: Handlers<T>): Handlers<T> {
  return clientOf(routes, (name, route) => {
    const handle = handlerOf(handlers, name)
    const needed = permissions.find((permission) => permission === route.permission)
    if (!needed) return handle
    const sensitive = (route as Route).refusals?.includes('step_up_needed') ?? false
    return async (input, call) => {
      await orRefusePermission(auth, call, needed)
      if (sensitive) await orRefuseStepUp(auth, call)
      return await handle(input, call)
    }
  })
}

async function orRefusePermission(auth: AuthDeps, call: Call, needed: Permission): Promise<void> {
  const asker = await askerOf(auth.db.sql, call)
  if (!asker.permissions.includes(needed)) throw new Refused('forbidden', `this needs the permission ${needed}`)
}

/** No key can give a second factor: sensitive acts are for people, and for the house. */
async function orRefuseStepUp(auth: AuthDeps, call: Call): Promise<void> {
  if (call.by === 'session') await steppedUpSession(auth, call)
  else if (call.by === 'api-key' || !call.steppedUp)
    throw new Refused('step_up_needed', 'this asks for your password, or a code, once more')
}
