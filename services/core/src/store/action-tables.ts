import type { ActionLeg, AppliedAction } from '@pe/contracts/action-applications.ts'
import type { ColumnType } from 'kysely'

type Text = string
type Moment = ColumnType<string, string, string>

export interface ActionApplicationTable {
  id: string
  organisation_id: string
  place: ColumnType<Text, never, never>
  action_id: string
  kind: AppliedAction['kind']
  instrument_id: string
  ex_date: Text
  into_instrument_id: string | null
  currency: string
  /** Written as JSON text. */
  terms: ColumnType<ActionNumbers, Text, never>
  applied_at: Moment
  applied_by: string
  undone_at: ColumnType<string | null, never, Text>
  undone_by: ColumnType<string | null, never, string>
  /** Written as JSON text. */
  undone_legs: ColumnType<readonly { accountId: string; legs: ActionLeg[] }[] | null, never, Text>
}

/** The numbers among the terms of a corporate action. */
export type ActionNumbers = Pick<AppliedAction, 'ratio' | 'cashPerUnit' | 'costShare' | 'fractionPrice'>

export interface ActionApplicationAccountTable {
  application_id: string
  account_id: string
  organisation_id: string
  cash_account_id: string | null
  cost_share: Text | null
  cash_in_lieu: Text | null
}

export interface ActionTables {
  action_application: ActionApplicationTable
  action_application_account: ActionApplicationAccountTable
}
