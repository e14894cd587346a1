import type { AppliedAction, ActionLeg as Leg } from '@pe/contracts/action-applications.ts'
import type { Actor } from '@pe/contracts/actor.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import type { ActionNumbers } from './action-tables.ts'
import { instantText } from './as-wire.ts'
import type { CoreTables } from './tables.ts'

export interface ApplicationRow {
  readonly id: string
  readonly actionId: string
  readonly kind: AppliedAction['kind']
  readonly instrumentId: string
  readonly exDate: PlainDate
  readonly intoInstrumentId: string | null
  readonly currency: string
  readonly terms: ActionNumbers
  readonly accounts: AppliedAction['accounts']
  readonly appliedAt: string
  readonly appliedBy: string
  readonly undoneAt: string | null
  readonly undoneBy: string | null
  readonly undoneLegs: readonly { accountId: string; legs: Leg[] }[] | null
}

/** Applications of an organisation with the accounts' choices, to be narrowed. */
export function applicationRows(db: CoreSql, actor: Actor): SelectQueryBuilder<CoreTables, 'action_application', ApplicationRow> {
  return db
    .selectFrom('action_application')
    .select([
      'id',
      'action_id as actionId',
      'kind',
      'instrument_id as instrumentId',
      sql<PlainDate>`ex_date::text`.as('exDate'),
      'into_instrument_id as intoInstrumentId',
      'currency',
      'terms',
      sql<AppliedAction['accounts']>`(
        select json_agg(json_strip_nulls(json_build_object(
          'accountId', account_id, 'cashAccountId', cash_account_id, 'costShare', trim_scale(cost_share)::text,
          'cashInLieu', trim_scale(cash_in_lieu)::text)) order by account_id)
        from action_application_account where application_id = action_application.id)`.as('accounts'),
      instantText('applied_at').as('appliedAt'),
      'applied_by as appliedBy',
      instantText<string | null>('undone_at').as('undoneAt'),
      'undone_by as undoneBy',
      'undone_legs as undoneLegs',
    ])
    .where('organisation_id', '=', actor.organisationId)
}

/** Applications in which one of these accounts takes part, with its units or with its cash. */
export function appliedTo(accountIds: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`id in (
    select application_id from action_application_account
    where account_id = any(${accountIds}::uuid[]) or cash_account_id = any(${accountIds}::uuid[]))`
}

export async function readApplication(db: CoreSql, actor: Actor, applicationId: string): Promise<ApplicationRow> {
  const row = await applicationRows(db, actor).where('id', '=', applicationId).executeTakeFirst()
  if (!row) throw new Refused('not_found', 'there is no such application of a corporate action')
  return row
}

/** What stood at a moment (now without one) in which these accounts take part, in the order in which it applies. */
export async function readAppliedActions(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  knownAt?: string,
): Promise<AppliedAction[]> {
  const stood =
    knownAt === undefined
      ? sql<boolean>`undone_at is null`
      : sql<boolean>`applied_at <= ${knownAt}::timestamptz and (undone_at is null or undone_at > ${knownAt}::timestamptz)`
  const rows = await applicationRows(db, actor).where(appliedTo(accountIds)).where(stood).orderBy('ex_date').orderBy('place').execute()
  return rows.map(appliedOf)
}

/** A row as the ledger's readers take it. */
export function appliedOf({ id, kind, instrumentId, exDate, intoInstrumentId, currency, terms, accounts }: ApplicationRow): AppliedAction {
  const into = intoInstrumentId === null ? {} : { intoInstrumentId }
  return { id, kind, instrumentId, exDate, ...into, currency, ...terms, accounts }
}

export interface NewApplication {
  readonly applied: AppliedAction
  readonly actionId: string
  readonly appliedAt: string
}

export async function insertApplication(db: CoreSql, actor: Actor, { applied, actionId, appliedAt }: NewApplication): Promise<void> {
  const { id, kind, instrumentId, exDate, intoInstrumentId, currency, accounts, ...terms } = applied
  await db
    .insertInto('action_application')
    .values({
      id,
      organisation_id: actor.organisationId,
      action_id: actionId,
      kind,
      instrument_id: instrumentId,
      ex_date: exDate,
      into_instrument_id: intoInstrumentId ?? null,
      currency,
      terms: JSON.stringify(terms),
      applied_at: appliedAt,
      applied_by: actor.userId,
    })
    .execute()
  await db
    .insertInto('action_application_account')
    .values(
      accounts.map(({ accountId, cashAccountId, costShare, cashInLieu }) => ({
        application_id: id,
        account_id: accountId,
        organisation_id: actor.organisationId,
        cash_account_id: cashAccountId === accountId ? null : (cashAccountId ?? null),
        cost_share: costShare ?? null,
        cash_in_lieu: cashInLieu ?? null,
      })),
    )
    .execute()
}

export async function markUndone(
  db: CoreSql,
  applicationId: string,
  { at, by, legs }: { at: string; by: string; legs: readonly { accountId: string; legs: readonly Leg[] }[] },
): Promise<void> {
  await db
    .updateTable('action_application')
    .set({ undone_at: at, undone_by: by, undone_legs: JSON.stringify(legs) })
    .where('id', '=', applicationId)
    .execute()
}

/** Accounts that recorded transactions or applied actions ever gave this instrument, and those that this very action stands applied to. */
export async function accountsNaming(
  db: CoreSql,
  actor: Actor,
  { id, instrumentId }: { id: string; instrumentId: string },
): Promise<{ named: string[]; applied: ReadonlySet<string> }> {
  const { rows } = await sql<{ id: string; applied: boolean }>`
    select account.id, exists (
      select from action_application as application join action_application_account as own on own.application_id = application.id
      where application.action_id = ${id} and application.undone_at is null and own.account_id = account.id) as applied
    from account
    where organisation_id = ${actor.organisationId} and removed_at is null and id in (
      select account_id from transaction
      where organisation_id = ${actor.organisationId} and instrument_id = ${instrumentId} and state = 'posted'
      union select to_account_id from transaction
      where organisation_id = ${actor.organisationId} and instrument_id = ${instrumentId} and state = 'posted'
      union select own.account_id
      from action_application as application join action_application_account as own on own.application_id = application.id
      where application.organisation_id = ${actor.organisationId} and application.into_instrument_id = ${instrumentId}
        and application.undone_at is null)
    order by id`.execute(db)
  return { named: rows.map((row) => row.id), applied: new Set(rows.filter((row) => row.applied).map((row) => row.id)) }
}
