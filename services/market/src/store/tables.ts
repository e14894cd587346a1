import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { Instrument } from '@pe/contracts/market.ts'
import type { ColumnType, Generated } from 'kysely'

/** Decimals and days travel as text. */
type Text = string
type Moment = ColumnType<string, string, string>

export interface InstrumentTable {
  id: string
  organisation_id: string
  name: string
  kind: Instrument['kind']
  currency: string
  quote_unit: string
  isin: string | null
  symbol: string | null
  wkn: string | null
  cusip: string | null
  figi: string | null
  generated: boolean
  created_at: Moment
  version: Generated<number>
  created_by_import: string | null
  removed_at: Moment | null
}

export interface CloseTable {
  instrument_id: string
  day: Text
  close: Text
  scaled: ColumnType<number, never, never>
  import_id: string | null
}

export interface LastCloseTable {
  instrument_id: string
  day: Text
  close: Text
}

export interface RateTable {
  organisation_id: string
  base: string
  quote: string
  day: Text
  rate: Text
  import_id: string | null
}

export interface RatePairTable {
  organisation_id: string
  base: string
  quote: string
}

export interface CorporateActionTable {
  id: string
  organisation_id: string
  kind: CorporateAction['kind']
  instrument_id: string
  ex_date: Text
  into_instrument_id: string | null
  currency: string
  /** Written as JSON text: decimals as text, exactly as stated. */
  terms: ColumnType<ActionNumbers, Text, Text>
  note: string
  recorded_at: Moment
  removed_at: ColumnType<string | null, never, Text>
  version: Generated<number>
}

/** The numbers among the terms. */
export type ActionNumbers = Pick<CorporateAction, 'ratio' | 'cashPerUnit' | 'costShare' | 'fractionPrice'>

/** What a query is built on; tables of layers and imports are only met in plain SQL (store/record-closes.ts, store/undo-import.ts). */
export interface MarketTables {
  instrument: InstrumentTable
  corporate_action: CorporateActionTable
  close: CloseTable
  last_close: LastCloseTable
  rate: RateTable
  rate_pair: RatePairTable
}
