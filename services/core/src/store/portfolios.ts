import type { Actor } from '@pe/contracts/actor.ts'
import type { CostMethod, LotScope, Portfolio } from '@pe/contracts/portfolios.ts'
import { usualLotScope } from '@pe/finance/lots/cost-method.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { instantText } from './as-wire.ts'

interface Choice {
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly after?: readonly string[] | undefined
  readonly limit?: number | undefined
}

/** Portfolios by name, each with its accounts in their order and the span of its posted transactions. */
export async function readPortfolios(db: CoreSql, actor: Actor, { id, name, after, limit }: Choice): Promise<Portfolio[]> {
  return await db
    .selectFrom('portfolio')
    .innerJoinLateral(
      (inner) =>
        inner
          .selectFrom('portfolio_account')
          .select(sql<string[]>`coalesce(array_agg(account_id order by position, account_id), '{}')::uuid[]`.as('ids'))
          .whereRef('portfolio_id', '=', 'portfolio.id')
          .as('members'),
      (join) => join.onTrue(),
    )
    .innerJoinLateral(
      (inner) =>
        inner
          .selectFrom('transaction')
          .select([
            sql<PlainDate | null>`min(date)::text`.as('firstDay'),
            sql<PlainDate | null>`max(date)::text`.as('lastDay'),
            sql<number>`count(*)::int`.as('transactionCount'),
          ])
          .where('state', '=', 'posted')
          .where(sql<boolean>`(account_id = any(ids) or cash_account_id = any(ids) or to_account_id = any(ids))`)
          .as('span'),
      (join) => join.onTrue(),
    )
    .select([
      'portfolio.id',
      'portfolio.name',
      'base_currency as baseCurrency',
      'cost_method as costMethod',
      'lot_scope as lotScope',
      'portfolio.type',
      sql<PlainDate | null>`inception_date::text`.as('inceptionDate'),
      'benchmark_id as benchmarkId',
      sql<PlainDate | null>`archived_on::text`.as('archivedOn'),
      sql<string[]>`array(
        select member.portfolio_id from portfolio_group_member as member where member.group_id = portfolio.id order by member.position
      )`.as('portfolioIds'),
      'ids as accountIds',
      'firstDay',
      'lastDay',
      'transactionCount',
      instantText('portfolio.created_at').as('createdAt'),
      'portfolio.version',
    ])
    .where('portfolio.organisation_id', '=', actor.organisationId)
    .where('portfolio.removed_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('portfolio.id', '=', id ?? ''))
    .$if(name !== undefined, (query) => query.where(sql<boolean>`lower(portfolio.name) = lower(${name})`))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(portfolio.name), portfolio.id) > (${after?.[0]}, ${after?.[1]}::uuid)`),
    )
    .orderBy(sql`lower(portfolio.name)`)
    .orderBy('portfolio.id')
    .limit(limit ?? 1)
    .execute()
}

export async function readPortfolio(db: CoreSql, actor: Actor, portfolioId: string): Promise<Portfolio> {
  const [portfolio] = await readPortfolios(db, actor, { id: portfolioId })
  if (!portfolio) throw new Refused('not_found', 'there is no such portfolio')
  return portfolio
}

/** What figures over its accounts need of a portfolio, without a look at their journals. */
export type PortfolioView = Pick<Portfolio, 'baseCurrency' | 'costMethod' | 'lotScope' | 'accountIds'>

export async function readPortfolioView(db: CoreSql, actor: Actor, portfolioId: string): Promise<PortfolioView> {
  const view = await db
    .selectFrom('portfolio')
    .select([
      'base_currency as baseCurrency',
      'cost_method as costMethod',
      'lot_scope as lotScope',
      sql<string[]>`array(
        select account_id from portfolio_account as member where member.portfolio_id = portfolio.id order by position, account_id
      )`.as('accountIds'),
    ])
    .where('id', '=', portfolioId)
    .where('organisation_id', '=', actor.organisationId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!view) throw new Refused('not_found', 'there is no such portfolio')
  return view
}

export interface PortfolioRow {
  readonly id: string
  readonly name: string
  readonly baseCurrency: string
  readonly costMethod: CostMethod
  readonly lotScope: LotScope
  readonly type: Portfolio['type']
  readonly archivedOn: PlainDate | null
  readonly version: number
}

/** One portfolio, locked against other writers unless the caller only looks. */
export async function findPortfolio(
  db: CoreSql,
  actor: Actor,
  choice: { id: string } | { name: string },
  { lock }: { lock: boolean },
): Promise<PortfolioRow | null> {
  const row = await db
    .selectFrom('portfolio')
    .select([
      'id',
      'name',
      'base_currency as baseCurrency',
      'cost_method as costMethod',
      'lot_scope as lotScope',
      'type',
      sql<PlainDate | null>`archived_on::text`.as('archivedOn'),
      'version',
    ])
    .where('organisation_id', '=', actor.organisationId)
    .where('removed_at', 'is', null)
    .where('id' in choice ? sql<boolean>`id = ${choice.id}::uuid` : sql<boolean>`lower(name) = lower(${choice.name})`)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  return row ?? null
}

export async function accountsOfPortfolio(db: CoreSql, actor: Actor, portfolioId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('portfolio_account')
    .select('account_id as id')
    .where('organisation_id', '=', actor.organisationId)
    .where('portfolio_id', '=', portfolioId)
    .orderBy('position')
    .orderBy('account_id')
    .execute()
  return rows.map((row) => row.id)
}

/** The methods by which the portfolios that show these accounts keep their lots. */
export async function costMethodsOf(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<CostMethod[]> {
  const rows = await db
    .selectFrom('portfolio')
    .innerJoin('portfolio_account', 'portfolio_account.portfolio_id', 'portfolio.id')
    .select('cost_method as costMethod')
    .distinct()
    .where('portfolio.organisation_id', '=', actor.organisationId)
    .where('removed_at', 'is', null)
    .where(sql<boolean>`account_id = any(${accountIds}::uuid[])`)
    .execute()
  return rows.map((row) => row.costMethod)
}

export interface NewPortfolioRow {
  readonly id: string
  readonly name: string
  readonly baseCurrency: string
  readonly costMethod: CostMethod
  readonly lotScope?: LotScope | undefined
  readonly createdAt: string
  readonly importId: string | null
  readonly type?: Portfolio['type'] | undefined
  readonly inceptionDate?: PlainDate | null | undefined
  readonly benchmarkId?: string | null | undefined
}

export async function insertPortfolio(db: CoreSql, actor: Actor, portfolio: NewPortfolioRow): Promise<void> {
  await db
    .insertInto('portfolio')
    .values({
      id: portfolio.id,
      organisation_id: actor.organisationId,
      name: portfolio.name,
      base_currency: portfolio.baseCurrency,
      cost_method: portfolio.costMethod,
      lot_scope: portfolio.lotScope ?? usualLotScope(portfolio.costMethod),
      created_at: portfolio.createdAt,
      opened_by_import: portfolio.importId,
      type: portfolio.type ?? 'taxable',
      inception_date: portfolio.inceptionDate ?? null,
      benchmark_id: portfolio.benchmarkId ?? null,
      removed_at: null,
    })
    .execute()
}

/** Adds accounts at the end of a portfolio; those that are in it stay where they are. Answers how many are new. */
export async function addMembers(
  db: CoreSql,
  actor: Actor,
  portfolioId: string,
  accountIds: readonly string[],
  importId: string | null,
): Promise<number> {
  if (accountIds.length === 0) return 0
  const added = await sql`
    insert into portfolio_account (portfolio_id, account_id, organisation_id, position, added_by_import)
    select ${portfolioId}::uuid, member.id, ${actor.organisationId}::uuid, last.position + member.place, ${importId}::uuid
    from unnest(${accountIds}::uuid[]) with ordinality as member (id, place),
      (select coalesce(max(position), 0) as position from portfolio_account where portfolio_id = ${portfolioId}::uuid) as last
    on conflict do nothing`.execute(db)
  return Number(added.numAffectedRows ?? 0)
}

/** Makes these, in this order, the accounts of a portfolio. */
export async function setMembers(db: CoreSql, actor: Actor, portfolioId: string, accountIds: readonly string[]): Promise<void> {
  await db
    .deleteFrom('portfolio_account')
    .where('portfolio_id', '=', portfolioId)
    .where(sql<boolean>`not account_id = any(${accountIds}::uuid[])`)
    .execute()
  await addMembers(db, actor, portfolioId, accountIds, null)
  await sql`
    update portfolio_account set position = member.place
    from unnest(${accountIds}::uuid[]) with ordinality as member (id, place)
    where portfolio_id = ${portfolioId}::uuid and account_id = member.id`.execute(db)
}
