import type { Actor } from '@pe/contracts/actor.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'

/** Makes these, in this order, the portfolios of a group. */
export async function setGroupMembers(db: CoreSql, actor: Actor, groupId: string, portfolioIds: readonly string[]): Promise<void> {
  await db.deleteFrom('portfolio_group_member').where('group_id', '=', groupId).execute()
  await sql`
    insert into portfolio_group_member (group_id, portfolio_id, organisation_id, position)
    select ${groupId}::uuid, member.id, ${actor.organisationId}::uuid, member.place
    from unnest(${portfolioIds}::uuid[]) with ordinality as member (id, place)`.execute(db)
}

/** Those of these that are portfolios of the organisation and no groups. */
export async function groupablePortfolios(db: CoreSql, actor: Actor, portfolioIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('portfolio')
    .select('id')
    .where('organisation_id', '=', actor.organisationId)
    .where('removed_at', 'is', null)
    .where('type', '<>', 'group')
    .where(sql<boolean>`id = any(${portfolioIds}::uuid[])`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** The groups that a portfolio stands in, locked in the order of their ids. */
export async function groupsOf(db: CoreSql, portfolioId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('portfolio')
    .select('id')
    .where('removed_at', 'is', null)
    .where('id', 'in', (inner) => inner.selectFrom('portfolio_group_member').select('group_id').where('portfolio_id', '=', portfolioId))
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(({ id }) => id)
}

/** Puts the accounts of a group's portfolios into it, each once: where it comes first, by portfolio and then by place. */
export async function gatherAccounts(db: CoreSql, groupId: string): Promise<void> {
  await db.deleteFrom('portfolio_account').where('portfolio_id', '=', groupId).execute()
  await sql`
    insert into portfolio_account (portfolio_id, account_id, organisation_id, position)
    select ${groupId}::uuid, account_id, organisation_id, row_number() over (order by place, own_place, account_id)
    from (
      select distinct on (own.account_id) own.account_id, own.organisation_id, member.position as place, own.position as own_place
      from portfolio_group_member as member join portfolio_account as own using (portfolio_id)
      where member.group_id = ${groupId}::uuid
      order by own.account_id, member.position, own.position
    ) as gathered`.execute(db)
}
