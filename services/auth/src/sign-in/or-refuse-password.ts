import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { findPerson } from '../store/people.ts'

/** Refuses what is not the password of this person. Hashing takes its time: no transaction should be open meanwhile. */
export async function orRefusePassword({ db, hasher }: AuthDeps, personId: string, password: string): Promise<void> {
  const person = await findPerson(db.sql, { id: personId })
  if (!(await hasher.verify(password, person?.phc ?? null))) throw new Refused('wrong_credentials', 'this is not the password')
}
