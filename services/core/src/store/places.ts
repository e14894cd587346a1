import type { Actor } from '@pe/contracts/actor.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { touchingAny } from './touching.ts'

/** An entry with its place among those of its day. */
export interface Placed {
  readonly id: string
  readonly date: PlainDate
  readonly sequence: string
}

/** Whatever is not void on these days in these accounts, drafts included: a draft keeps its place when it is posted. */
export async function placedOn(
  db: CoreSql,
  { organisationId }: Actor,
  accountIds: readonly string[],
  days: readonly PlainDate[],
): Promise<Placed[]> {
  if (days.length === 0) return []
  return await db
    .selectFrom('transaction')
    .select(['id', sql<PlainDate>`date::text`.as('date'), sql<string>`sequence::text`.as('sequence')])
    .where('organisation_id', '=', organisationId)
    .where('state', '<>', 'void')
    .where(sql<boolean>`date = any(${days}::date[])`)
    .where(touchingAny(accountIds))
    .execute()
}
