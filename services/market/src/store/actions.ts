import type { CorporateAction, NewAction } from '@pe/contracts/actions.ts'
import type { Actor } from '@pe/contracts/actor.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { MarketSql } from '../market-deps.ts'
import type { ActionNumbers, MarketTables } from './tables.ts'

interface ActionRow extends Omit<CorporateAction, 'intoInstrumentId' | keyof ActionNumbers> {
  readonly intoInstrumentId: string | null
  readonly terms: ActionNumbers
}

/** Corporate actions of an organisation, to be narrowed; removed ones too. */
export function actionRows(db: MarketSql, actor: Actor): SelectQueryBuilder<MarketTables, 'corporate_action', ActionRow> {
  return db
    .selectFrom('corporate_action')
    .select([
      'id',
      'kind',
      'instrument_id as instrumentId',
      sql<PlainDate>`ex_date::text`.as('exDate'),
      'into_instrument_id as intoInstrumentId',
      'currency',
      'terms',
      'note',
      momentText('recorded_at').as('recordedAt'),
      momentText<string | null>('removed_at').as('removedAt'),
      'version',
    ])
    .where('organisation_id', '=', actor.organisationId)
}

function momentText<T extends string | null = string>(column: 'recorded_at' | 'removed_at') {
  return sql<T>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** A row as the wire carries it: absent terms are absent. */
export function actionOf({ terms, intoInstrumentId, ...rest }: ActionRow): CorporateAction {
  return { ...rest, ...terms, ...(intoInstrumentId === null ? {} : { intoInstrumentId }) }
}

export async function readAction(db: MarketSql, actor: Actor, actionId: string, { lock = false } = {}): Promise<CorporateAction> {
  const row = await actionRows(db, actor)
    .where('id', '=', actionId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (!row) throw new Refused('not_found', 'there is no such corporate action')
  return actionOf(row)
}

/** The one that stands for the same instrument, kind and ex-date. */
export async function findSameAction(
  db: MarketSql,
  actor: Actor,
  { instrumentId, kind, exDate }: NewAction,
): Promise<CorporateAction | null> {
  const row = await actionRows(db, actor)
    .where('instrument_id', '=', instrumentId)
    .where('kind', '=', kind)
    .where('ex_date', '=', exDate)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ? actionOf(row) : null
}

/** The columns that a statement of terms fills. */
export function actionColumns({
  kind,
  instrumentId,
  exDate,
  intoInstrumentId,
  currency,
  note,
  ...numbers
}: NewAction & { currency: string }) {
  return {
    kind,
    instrument_id: instrumentId,
    ex_date: exDate,
    into_instrument_id: intoInstrumentId ?? null,
    currency,
    terms: JSON.stringify(numbers),
    note: note ?? '',
  }
}
