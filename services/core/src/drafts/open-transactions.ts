import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { OpenTransactions } from '@pe/contracts/drafts.ts'
import type { Input } from '@pe/contracts/route.ts'
import { sql } from 'kysely'
import type { CoreDeps } from '../core-deps.ts'
import { needsReview } from '../store/reviews.ts'
import { touchingAny } from '../store/touching.ts'
import { scopeOf } from '../transactions.ts'

/** What waits for a person, counted. */
export async function openTransactions(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.openTransactions>,
  call: Call,
): Promise<OpenTransactions> {
  const scope = await scopeOf(core, call, query)
  const count = (which: 'drafts' | 'reviews') =>
    core.db.sql
      .selectFrom('transaction')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('organisation_id', '=', call.actor.organisationId)
      .$if(which === 'drafts', (rows) => rows.where('state', '=', 'draft'))
      .$if(which === 'reviews', (rows) => rows.where('state', '<>', 'void').where(needsReview(call.actor)))
      .$if(scope !== undefined, (rows) => rows.where(touchingAny(scope ?? [])))
      .executeTakeFirstOrThrow()
  const [drafts, reviews] = [await count('drafts'), await count('reviews')]
  return { drafts: drafts.count, needsReview: reviews.count }
}
