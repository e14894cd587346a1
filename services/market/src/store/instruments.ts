import type { Actor } from '@pe/contracts/actor.ts'
import type { Instrument, NewInstrument } from '@pe/contracts/market.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { MarketSql } from '../market-deps.ts'

interface Choice {
  readonly id?: string | undefined
  readonly text?: string | undefined
  readonly after?: readonly string[] | undefined
  readonly limit?: number | undefined
  /** Those of an undone import too: void transactions still name them. */
  readonly removedToo?: boolean | undefined
}

/** Instruments by name, each with its last close; absent identities are absent. */
export async function readInstruments(db: MarketSql, actor: Actor, { id, text, after, limit, removedToo }: Choice): Promise<Instrument[]> {
  const like = `%${(text ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db
    .selectFrom('instrument')
    .leftJoin('last_close', 'last_close.instrument_id', 'instrument.id')
    .select([
      'id',
      'name',
      'kind',
      'currency',
      'quote_unit as quoteUnit',
      'isin',
      'symbol',
      'wkn',
      'cusip',
      'figi',
      'generated',
      sql<Instrument['lastClose']>`case when day is null then null
        else json_build_object('date', day::text, 'close', trim_scale(close)::text) end`.as('lastClose'),
      sql<string>`to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`.as('createdAt'),
      'version',
    ])
    .where('organisation_id', '=', actor.organisationId)
    .$if(!removedToo, (query) => query.where('removed_at', 'is', null))
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(text !== undefined, (query) =>
      query.where((where) =>
        where.or((['name', 'isin', 'symbol', 'wkn', 'cusip', 'figi'] as const).map((column) => where(column, 'ilike', like))),
      ),
    )
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(lower(name), id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(limit ?? 1)
    .execute()
  return rows.map(({ isin, symbol, wkn, cusip, figi, ...rest }) => ({ ...rest, ...present({ isin, symbol, wkn, cusip, figi }) }))
}

export async function readInstrument(db: MarketSql, actor: Actor, instrumentId: string): Promise<Instrument> {
  const [instrument] = await readInstruments(db, actor, { id: instrumentId, removedToo: true })
  if (!instrument) throw new Refused('not_found', 'there is no such instrument')
  return instrument
}

/** What an instrument is recognised by. */
export interface Identified {
  readonly id: string
  readonly name: string
  readonly currency: string
  readonly isin: string | null
  readonly symbol: string | null
  readonly removed: boolean
}

/** All that could be one of these: same ISIN, symbol or name, in any spelling and currency. */
export async function findIdentified(db: MarketSql, actor: Actor, wanted: readonly NewInstrument[]): Promise<Identified[]> {
  const texts = (of: (instrument: NewInstrument) => string | undefined) => [...new Set(wanted.flatMap((one) => of(one) ?? []))]
  const { rows } = await sql<Identified>`
    select id, name, currency, isin, symbol, removed_at is not null as removed from instrument
    where organisation_id = ${actor.organisationId} and (
      isin = any(${texts(({ isin }) => isin?.toUpperCase())}::text[])
      or upper(symbol) = any(${texts(({ symbol }) => symbol?.trim().toUpperCase())}::text[])
      or lower(name) = any(${texts(({ name }) => name.trim().toLowerCase())}::text[])
    )
    order by removed_at is not null, created_at, id`.execute(db)
  return rows
}

export interface InstrumentRow extends NewInstrument {
  readonly id: string
  readonly generated: boolean
  readonly createdAt: string
  readonly importId: string | null
}

export async function insertInstruments(db: MarketSql, actor: Actor, instruments: readonly InstrumentRow[]): Promise<void> {
  if (instruments.length === 0) return
  const columns = instruments.map((instrument) => ({ ...valuesOf(instrument), id: instrument.id }))
  await sql`
    insert into instrument (id, organisation_id, name, kind, currency, quote_unit, isin, symbol, wkn, cusip, figi, generated, created_at, created_by_import)
    select one.id, ${actor.organisationId}::uuid, one.name, one.kind, one.currency, one.quote_unit, one.isin, one.symbol, one.wkn, one.cusip,
      one.figi, one.generated, one.created_at, one.created_by_import
    from json_populate_recordset(null::instrument, ${JSON.stringify(columns)}::json) as one`.execute(db)
}

/** Brings back instruments that an undone import had taken away, as the new import knows them. */
export async function reviveInstruments(db: MarketSql, instruments: readonly InstrumentRow[]): Promise<void> {
  for (const instrument of instruments) {
    const { created_at, ...values } = valuesOf(instrument)
    await db
      .updateTable('instrument')
      .set({ ...values, removed_at: null, version: sql`version + 1` })
      .where('id', '=', instrument.id)
      .execute()
  }
}

function valuesOf(instrument: InstrumentRow) {
  const { name, kind, currency, quoteUnit, isin, symbol, wkn, cusip, figi, generated, createdAt, importId } = instrument
  return {
    name: name.trim(),
    kind: kind ?? 'other',
    currency,
    quote_unit: quoteUnit ?? currency,
    isin: isin?.toUpperCase() ?? null,
    symbol: symbol?.trim() || null,
    wkn: wkn?.trim() || null,
    cusip: cusip?.trim() || null,
    figi: figi?.trim() || null,
    generated,
    created_at: createdAt,
    created_by_import: importId,
  }
}

function present<T extends Record<string, string | null>>(values: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as { [K in keyof T]?: string }
}
