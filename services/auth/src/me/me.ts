import type { Call } from '@pe/contracts/actor.ts'
import type { Me, meRoutes } from '@pe/contracts/me.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { orRefuseTimeZone } from '../sign-in/known-time-zone.ts'
import { fullSession } from '../sign-in/own-session.ts'
import { readMe } from '../store/people.ts'

/** Who is signed in, and what they may do. */
export async function getMe(auth: AuthDeps, call: Call): Promise<Me> {
  return await readMe(auth.db.sql, await fullSession(auth, call))
}

/** Changes what a person says of themselves. */
export async function changeMe(auth: AuthDeps, { body }: Input<typeof meRoutes.changeMe>, call: Call): Promise<Me> {
  const session = await fullSession(auth, call)
  if (body.timeZone !== undefined) orRefuseTimeZone(auth, body.timeZone)
  const changed = {
    ...(body.name === undefined ? {} : { name: body.name.trim() }),
    ...(body.timeZone === undefined ? {} : { time_zone: body.timeZone }),
  }
  if (Object.keys(changed).length === 0) return await readMe(auth.db.sql, session)
  return await auth.db.write({ call, action: 'person.change', subject: `person:${session.userId}` }, async (tx) => {
    await tx.sql.updateTable('person').set(changed).where('id', '=', session.userId).execute()
    return await readMe(tx.sql, session)
  })
}
