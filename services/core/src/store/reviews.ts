import type { Actor } from '@pe/contracts/actor.ts'
import { type Review, type ReviewCode, reviewCodes } from '@pe/contracts/transactions.ts'
import { type RawBuilder, sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'

export interface NewReview {
  readonly transactionId: string
  readonly review: Review
}

/** Asks for a look at each; asking again gives the new reason and opens a review that was done. */
export async function insertReviews(db: CoreSql, actor: Actor, reviews: readonly NewReview[], at: string): Promise<void> {
  if (reviews.length === 0) return
  await sql`
    insert into transaction_review (transaction_id, organisation_id, reason, code, facts, asked_at, asked_by)
    select asked.id, ${actor.organisationId}::uuid, asked.reason, asked.code, asked.facts, ${at}::timestamptz, ${actor.userId}::uuid
    from unnest(${reviews.map(({ transactionId }) => transactionId)}::uuid[], ${reviews.map(({ review }) => review.detail)}::text[],
      ${reviews.map(({ review }) => review.code)}::text[], ${reviews.map(({ review }) => JSON.stringify(review.facts))}::jsonb[])
      as asked (id, reason, code, facts)
    on conflict (transaction_id) do update set reason = excluded.reason, code = excluded.code, facts = excluded.facts,
      asked_at = excluded.asked_at, asked_by = excluded.asked_by,
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
export async function openReviews(db: CoreSql, actor: Actor, transactionIds: readonly string[]): Promise<Map<string, Review>> {
  const rows = await db
    .selectFrom('transaction_review')
    .select(['transaction_id as id', 'reason', 'code', 'facts'])
    .where('organisation_id', '=', actor.organisationId)
    .where('reviewed_at', 'is', null)
    .where(sql<boolean>`transaction_id = any(${transactionIds}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, reason, code, facts }) => [id, { code: codeOf(code), facts: facts ?? {}, detail: reason }]))
}

/** A review without a code, or with one of a newer version, is told in its own words. */
function codeOf(code: string | null): ReviewCode {
  return reviewCodes.find((known) => known === code) ?? 'asked'
}

/** Whether a transaction of the surrounding query needs a review. */
export function needsReview(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`transaction.id in (select transaction_id from transaction_review where organisation_id = ${actor.organisationId} and reviewed_at is null)`
}
