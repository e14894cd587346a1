import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'

/** A "no" that may be a yes a moment later: somebody works under the same key, or market does not answer. */
const passing: ReadonlySet<string> = new Set(['key_in_use', 'unavailable', 'too_many_requests', 'internal'])

/**
 * What `attempt` answers, or its refusal, with all that it had written taken back while the transaction around it goes on. A refusal that
 * passes is thrown, like any other trouble.
 */
export async function unlessRefused<R>(db: CoreSql, attempt: () => Promise<R>): Promise<R | Refused> {
  await sql`savepoint attempt`.execute(db)
  try {
    const answer = await attempt()
    await sql`release savepoint attempt`.execute(db)
    return answer
  } catch (thrown) {
    if (!(thrown instanceof Refused) || passing.has(thrown.code)) throw thrown
    await sql`rollback to savepoint attempt`.execute(db)
    return thrown
  }
}
