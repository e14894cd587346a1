import type { CostMethod, LotScope, Portfolio } from '@pe/contracts/portfolios.ts'
import type { Charge, TransactionState } from '@pe/contracts/transactions.ts'
import type { EventKind, LegName } from '@pe/finance/ledger/event-legs.ts'
import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import type { ColumnType, Generated } from 'kysely'
import type { ActionTables } from './action-tables.ts'
import type { PeriodAndPlanTables } from './period-and-plan-tables.ts'
import type { StagedTables } from './staged-tables.ts'
import type { TaxonomyAssignmentTable, TaxonomyNodeTable, TaxonomyTable } from './taxonomy-tables.ts'

/** Decimals and days travel as text; bigints are read as text and cast where they are safe. */
type Text = string
type Moment = ColumnType<string, string, string>

export interface AccountTable {
  id: string
  organisation_id: string
  name: string
  currency: string
  opened_on: Text | null
  allows_short: boolean
  note: string
  created_at: Moment
  version: Generated<number>
  book_version: Generated<Text>
  /** Null where the chain has not begun. */
  chain_length: Generated<Text | null>
  chain_head: Generated<string | null>
  opened_by_import: string | null
  removed_at: Moment | null
  archived_on: Generated<Text | null>
  /** Whether its chain tells of this row. */
  row_told: Generated<boolean>
}

export interface PortfolioTable {
  id: string
  organisation_id: string
  name: string
  base_currency: string
  cost_method: CostMethod
  lot_scope: LotScope
  created_at: Moment
  version: Generated<number>
  opened_by_import: string | null
  removed_at: Moment | null
  type: Generated<Portfolio['type']>
  inception_date: Generated<Text | null>
  benchmark_id: Generated<string | null>
  archived_on: Generated<Text | null>
}

export interface PortfolioGroupMemberTable {
  group_id: string
  portfolio_id: string
  organisation_id: string
  position: number
}

export interface PortfolioAccountTable {
  portfolio_id: string
  account_id: string
  organisation_id: string
  position: number
  added_by_import: string | null
}

export interface AccountKeyTable {
  portfolio_id: string
  key: string
  account_id: string
  organisation_id: string
}

export interface BatchTable {
  import_id: string
  organisation_id: string
  recorded_at: Moment
  undone_at: Moment | null
}

export interface TransactionTable {
  id: string
  organisation_id: string
  sequence: Generated<Text>
  account_id: string
  cash_account_id: string | null
  to_account_id: string | null
  kind: RecordedKind
  state: TransactionState
  recorded_state: 'posted' | 'draft'
  date: Text
  time: Text | null
  instrument_id: string | null
  quantity: Text | null
  price: Text | null
  amount: Text
  currency: string
  fee: Text
  tax: Text
  cash_currency: string | null
  received_amount: Text | null
  received_currency: string | null
  rate_from: string | null
  rate_to: string | null
  rate: Text | null
  /** Written as JSON text. */
  lots: ColumnType<readonly { transactionId: string; quantity: string }[] | null, Text | null, never>
  /** Written as JSON text. */
  charges: ColumnType<readonly Charge[] | null, Text | null, never>
  event_id: string | null
  event_kind: EventKind | null
  leg: LegName | null
  note: string
  import_id: string | null
  source_key: string | null
  replaces: string | null
  replaced_by: string | null
  void_reason: string | null
  voided_at: Moment | null
  voided_by: string | null
  recorded_at: Moment
  recorded_by: string
  version: Generated<number>
  change: Generated<number>
}

export interface ChainEntryTable {
  account_id: string
  number: Text
  organisation_id: string
  what: string
  at: Moment
  by_user: string
  digest: string
}

/** One row, once the chains tell of what stands beside the journals. */
export interface ChainSealTable {
  key_fingerprint: string
  beside_since: Moment
  digest: string
}

export interface CoreTables extends PeriodAndPlanTables, ActionTables, StagedTables<TransactionTable> {
  chain_entry: ChainEntryTable
  chain_seal: ChainSealTable
  account: AccountTable
  portfolio: PortfolioTable
  portfolio_account: PortfolioAccountTable
  portfolio_group_member: PortfolioGroupMemberTable
  taxonomy: TaxonomyTable
  taxonomy_node: TaxonomyNodeTable
  taxonomy_assignment: TaxonomyAssignmentTable
  account_key: AccountKeyTable
  batch: BatchTable
  transaction: TransactionTable
}
