import { sql } from 'kysely'
import type { AuthSql } from '../auth-deps.ts'

export interface DenialCount {
  readonly organisationId: string
  readonly userId: string
  readonly address: string
  /** Its beginning. */
  readonly minute: string
  readonly code: string
  readonly count: number
}

/** Beyond so many counted together, what else comes within a minute is counted as one: whoever has the whole internet fills no table. */
const mostOfAMinute = 200
export const elsewhere = 'elsewhere'

/** Adds to what is counted of a minute; each caller and code once in `counts`. */
export async function addCounts(db: AuthSql, counts: readonly DenialCount[]): Promise<void> {
  const column = <T>(of: (count: DenialCount) => T) => counts.map(of)
  await sql`
    with given as (
      select * from unnest(${column(({ organisationId }) => organisationId)}::uuid[], ${column(({ userId }) => userId)}::uuid[],
        ${column(({ address }) => address)}::text[], ${column(({ minute }) => minute)}::timestamptz[], ${column(({ code }) => code)}::text[],
        ${column(({ count }) => count)}::bigint[]) as one (organisation_id, user_id, address, minute, code, count)
    ), placed as (
      select organisation_id, user_id, minute, code, count,
        case when (select count(*) from denial_count as other where other.minute = given.minute) + row_number() over (order by address) <= ${sql.lit(mostOfAMinute)}
          or exists (select from denial_count as same where (same.organisation_id, same.user_id, same.address, same.minute, same.code)
            = (given.organisation_id, given.user_id, given.address, given.minute, given.code))
          then address else ${elsewhere} end as address
      from given
    )
    insert into denial_count (organisation_id, user_id, address, minute, code, count)
    select organisation_id, user_id, address, minute, code, sum(count) from placed
    group by organisation_id, user_id, address, minute, code
    order by organisation_id, user_id, address, minute, code
    on conflict (organisation_id, user_id, address, minute, code) do update set count = denial_count.count + excluded.count`.execute(db)
}

/** What one caller was denied within one minute. */
export interface CountedMinute {
  readonly organisationId: string
  readonly userId: string
  readonly address: string
  readonly minute: string
  /** 'credential-unknown 3, session-expired 1' */
  readonly codes: string
}

const minuteText = sql<string>`to_char(minute at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')`
const codesText = sql<string>`string_agg(code || ' ' || count, ', ' order by code)`

/** Minutes that began before a moment, the oldest first. */
export async function readCounted(db: AuthSql, before: string, some: number): Promise<CountedMinute[]> {
  return await db
    .selectFrom('denial_count')
    .select(['organisation_id as organisationId', 'user_id as userId', 'address', minuteText.as('minute'), codesText.as('codes')])
    .where(sql<boolean>`minute < ${before}::timestamptz`)
    .groupBy(['denial_count.minute', 'organisation_id', 'user_id', 'address'])
    .orderBy('denial_count.minute')
    .limit(some)
    .execute()
}

/** Takes a counted minute out; false where it is no more, or no more as it was read. */
export async function takeOut(db: AuthSql, { organisationId, userId, address, minute, codes }: CountedMinute): Promise<boolean> {
  const { rows } = await sql<{ codes: string | null }>`
    with taken as (
      delete from denial_count
      where organisation_id = ${organisationId} and user_id = ${userId} and address = ${address} and minute = ${minute}::timestamptz
      returning code, count
    )
    select ${codesText} as codes from taken`.execute(db)
  return rows[0]?.codes === codes
}
