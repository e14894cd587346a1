import type { Actor } from '@pe/contracts/actor.ts'
import { type RawBuilder, sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'

export interface NewReview {
  readonly transactionId: string
  readonly reason: string
}

/** Asks for a look at each; asking again gives the new reason and opens a review that was done. */
export async function insertReviews(db: CoreSql, actor: Actor, reviews: readonly NewReview[], at: string): Promise<void> {
  if (reviews.length === 0) return
  await sql`
    insert into transaction_review (transaction_id, organisation_id, reason, asked_at, asked_by)
    select asked.id, ${actor.organisationId}::uuid, asked.reason, ${at}::timestamptz, ${actor.userId}::uuid
    from unnest(${reviews.map(({ transactionId }) => transactionId)}::uuid[], ${reviews.map(({ reason }) => reason)}::text[]) as asked (id, reason)
    on conflict (transaction_id) do update set reason = excluded.reason, asked_at = excluded.asked_at, asked_by = excluded.asked_by,
      reviewed_at = null, reviewed_by = null`.execute(db)
}

export async function markAsReviewed(db: CoreSql, actor: Actor, transactionId: string, at: string): Promise<void> {
  await db
    .updateTable('transaction_review')
    .set({ reviewed_at: at, reviewed_by: actor.userId })
    .where('organisation_id', '=', actor.organisationId)
    .where('transaction_id', '=', transactionId)
    .where('reviewed_at', 'is', null)
    .execute()
}

/** Why each of these needs a review; those that need none are left out. */
export async function openReviews(db: CoreSql, actor: Actor, transactionIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('transaction_review')
    .select(['transaction_id as id', 'reason'])
    .where('organisation_id', '=', actor.organisationId)
    .where('reviewed_at', 'is', null)
    .where(sql<boolean>`transaction_id = any(${transactionIds}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, reason }) => [id, reason]))
}

/** Whether a transaction of the surrounding query needs a review. */
export function needsReview(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`transaction.id in (select transaction_id from transaction_review where organisation_id = ${actor.organisationId} and reviewed_at is null)`
}
