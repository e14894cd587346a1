import type { Actor } from '@pe/contracts/actor.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { journal, type TransactionRow } from './transactions.ts'

/**
 * Every version of a transaction, in the order in which they were recorded: what it replaces and what replaced it, however many steps
 * away, each with the other legs of its event.
 */
export async function readVersions(db: CoreSql, actor: Actor, transactionId: string): Promise<TransactionRow[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive version as (
      select id, event_id, replaces, replaced_by from transaction
      where id = ${transactionId} and organisation_id = ${actor.organisationId}
      union
      select next.id, next.event_id, next.replaces, next.replaced_by
      from version join transaction as next
        on next.id = version.replaces or next.id = version.replaced_by or next.event_id = version.event_id
      where next.organisation_id = ${actor.organisationId}
    )
    select id from version`.execute(db)
  const ids = rows.map(({ id }) => id)
  return await journal(db, actor)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('recorded_at')
    .orderBy('transaction.sequence')
    .orderBy('leg')
    .execute()
}
