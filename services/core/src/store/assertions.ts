import type { Actor } from '@pe/contracts/actor.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { decimalText, instantText } from './as-wire.ts'

export interface AssertionRow {
  readonly id: string
  readonly accountId: string
  readonly date: PlainDate
  readonly instrumentId: string | null
  readonly currency: string | null
  readonly stated: string
  readonly note: string
  readonly recordedAt: string
}

interface Choice {
  readonly id?: string
  readonly accountIds?: readonly string[] | undefined
  readonly after?: readonly string[] | undefined
  readonly limit?: number
}

/** Those that stand, the newest day first. */
export async function readAssertions(db: CoreSql, actor: Actor, { id, accountIds, after, limit = 1 }: Choice): Promise<AssertionRow[]> {
  return await db
    .selectFrom('balance_assertion')
    .select([
      'id',
      'account_id as accountId',
      sql<PlainDate>`date::text`.as('date'),
      'instrument_id as instrumentId',
      'currency',
      decimalText('stated').as('stated'),
      'note',
      instantText('recorded_at').as('recordedAt'),
    ])
    .where('organisation_id', '=', actor.organisationId)
    .where('withdrawn_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(accountIds !== undefined, (query) => query.where(sql<boolean>`account_id = any(${accountIds}::uuid[])`))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(balance_assertion.date, id) < (${after?.[0]}::date, ${after?.[1]}::uuid)`),
    )
    .orderBy('balance_assertion.date', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function insertAssertion(db: CoreSql, actor: Actor, row: AssertionRow): Promise<void> {
  await db
    .insertInto('balance_assertion')
    .values({
      id: row.id,
      organisation_id: actor.organisationId,
      account_id: row.accountId,
      date: row.date,
      instrument_id: row.instrumentId,
      currency: row.currency,
      stated: row.stated,
      note: row.note,
      recorded_at: row.recordedAt,
      recorded_by: actor.userId,
    })
    .execute()
}

/** The account of one that stood until now. */
export async function markWithdrawn(db: CoreSql, actor: Actor, id: string, at: string): Promise<string | undefined> {
  const withdrawn = await db
    .updateTable('balance_assertion')
    .set({ withdrawn_at: at, withdrawn_by: actor.userId })
    .where('organisation_id', '=', actor.organisationId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('account_id as accountId')
    .executeTakeFirst()
  return withdrawn?.accountId
}
