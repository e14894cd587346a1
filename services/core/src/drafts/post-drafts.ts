import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused, type RefusedDetail } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreDeps } from '../core-deps.ts'
import { lockBooks } from '../store/accounts.ts'
import { accountsOf, journal } from '../store/transactions.ts'
import { putPosted } from './post-draft.ts'

/** Posts several drafts in the order of their days, in one step: one that is refused refuses all, and each refused one is named. */
export async function postDrafts(
  core: CoreDeps,
  { body }: Input<typeof coreRoutes.postDrafts>,
  call: Call,
): Promise<Reply<typeof coreRoutes.postDrafts>> {
  const ids = [...new Set(body.transactionIds)]
  const asked = () =>
    journal(core.db.sql, call.actor)
      .where(sql<boolean>`id = any(${ids}::uuid[])`)
      .orderBy('transaction.date')
      .orderBy('transaction.sequence')
      .execute()
  return await core.db.write({ call, action: 'transaction.post-many', subject: `transactions:${ids.length}` }, async (tx) => {
    const seen = await asked()
    if (seen.length < ids.length) throw new Refused('not_found', 'one of these transactions is not there')
    const books = await lockBooks(tx.sql, call.actor, seen.flatMap(accountsOf))
    const [posted, refused, events]: [string[], RefusedDetail[], Set<string>] = [[], [], new Set()]
    for (const draft of await asked()) {
      if (draft.eventId !== null && events.has(draft.eventId)) continue
      if (draft.eventId !== null) events.add(draft.eventId)
      try {
        posted.push(await putPosted(core, tx, call, books, draft))
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown
        refused.push({ path: draft.id, code: thrown.code, detail: thrown.detail, facts: thrown.facts })
      }
    }
    if (refused.length > 0) {
      const facts = { refused: String(refused.length), rows: String(ids.length) }
      throw new Refused('rows_in_error', `${refused.length} of ${ids.length} drafts cannot be posted`, refused, undefined, facts)
    }
    return { posted }
  })
}
