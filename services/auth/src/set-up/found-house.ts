import { type Actor, type Call, localOwner } from '@pe/contracts/actor.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { AuthDeps } from '../auth-deps.ts'
import { queueVerification } from '../mail/mailed-links.ts'
import { callOf } from '../sign-in/people-calls.ts'
import { dropTokens } from '../store/one-time-tokens.ts'
import { anybodyIsSetUp, insertPerson } from '../store/people.ts'
import type { AuthTables } from '../store/tables.ts'

export interface Founder {
  readonly email: string
  readonly name: string
  readonly organisation: string
  readonly timeZone: string
  readonly phc: string
}

/** Two who set up at the same time take turns, also in two processes. */
const settingUp = [0x5045, 11] as const

/**
 * Makes the first person the owner of the organisation that stands: of all that was recorded before there was sign-in. `also` is done in the
 * same transaction, by the person.
 */
export async function foundHouse<R>(
  auth: AuthDeps,
  call: Call,
  founder: Founder,
  also: (tx: WriteTx<AuthTables>, person: Actor) => Promise<R>,
): Promise<R> {
  const now = auth.clock.now()
  const person: Actor = { organisationId: localOwner.organisationId, userId: auth.ids.next(), timeZone: founder.timeZone }
  const act = { call: callOf(call, person), action: 'set-up', subject: `person:${person.userId}` }
  return await auth.db.write(act, async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(settingUp[0])}, ${sql.lit(settingUp[1])})`.execute(tx.sql)
    if (await anybodyIsSetUp(tx.sql)) throw alreadySetUp()
    await insertPerson(tx.sql, { ...founder, ...person, emailVerified: false, role: 'owner' }, now)
    await tx.sql
      .updateTable('organisation')
      .set({ name: founder.organisation.trim(), version: sql`version + 1` })
      .where('id', '=', person.organisationId)
      .execute()
    const result = await also(tx, person)
    await dropTokens(tx.sql, 'set-up')
    await queueVerification(auth, tx, person.userId)
    return result
  })
}

export function alreadySetUp(): Refused {
  return new Refused('already_set_up', 'somebody is set up here already: sign in, or be invited')
}
