import type { Actor } from '@pe/contracts/actor.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'

export interface Bearing {
  /** Of the accounts those to which corporate actions are applied. */
  readonly withActions: ReadonlySet<string>
  /** The last closed day of each account that has one. */
  readonly closedThrough: ReadonlyMap<string, PlainDate>
  /** Places in the ledger, taken in order. */
  readonly places: readonly string[]
}

/** What is to be known before entries are recorded in accounts whose books are locked, in one statement. */
export async function whatBears(
  db: CoreSql,
  { organisationId }: Actor,
  accountIds: ReadonlySet<string>,
  entries: number,
): Promise<Bearing> {
  const ids = [...accountIds]
  const { rows } = await sql<{ withActions: string[] | null; closed: Record<string, PlainDate> | null; places: string | null }>`
    select (
      select array_agg(asked.id::text) from unnest(${ids}::uuid[]) as asked (id)
      where exists (
        select from action_application_account as part join action_application as applied on applied.id = part.application_id
        where applied.organisation_id = ${organisationId} and applied.undone_at is null
          and (part.account_id = asked.id or part.cash_account_id = asked.id)
      )
    ) as "withActions", (
      select json_object_agg(asked.id, closed.through) from unnest(${ids}::uuid[]) as asked (id), lateral (
        select max(closed_through)::text as through from period_lock
        where organisation_id = ${organisationId} and reopened_at is null and (account_id is null or account_id = asked.id)
      ) as closed
      where closed.through is not null
    ) as closed, (
      select string_agg(nextval('transaction_sequence')::text, ' ') from generate_series(1, ${entries}::int)
    ) as places`.execute(db)
  const [found] = rows
  const closedThrough = new Map(Object.entries(found?.closed ?? {}))
  return { withActions: new Set(found?.withActions ?? []), closedThrough, places: (found?.places ?? '').split(' ') }
}
