import type { PlanKind } from '@pe/contracts/plans.ts'
import type { DayRule, Rhythm } from '@pe/finance/plans/due-days.ts'
import type { ColumnType, Generated } from 'kysely'

/** Decimals and days travel as text. */
type Text = string
type Moment = ColumnType<string, string, string>
/** Set once, later than the row. */
type Later<T> = ColumnType<T | null, never, T>

export interface PeriodLockTable {
  id: string
  organisation_id: string
  account_id: string | null
  closed_through: Text
  reason: string
  closed_at: Moment
  closed_by: string
  reopened_at: Later<Text>
  reopened_by: Later<string>
  reopen_reason: Later<string>
}

export interface PeriodOverrideTable {
  id: string
  organisation_id: string
  lock_id: string
  at: Moment
  by_user: string
  reason: string
  first_day: Text
  entries: number
}

export interface BalanceAssertionTable {
  id: string
  organisation_id: string
  account_id: string
  date: Text
  instrument_id: string | null
  currency: string | null
  stated: Text
  note: string
  recorded_at: Moment
  recorded_by: string
  withdrawn_at: Later<Text>
  withdrawn_by: Later<string>
}

export interface TransactionReviewTable {
  transaction_id: string
  organisation_id: string
  reason: string
  code: string | null
  facts: ColumnType<Readonly<Record<string, string>> | null, string | null, string | null>
  asked_at: Moment
  asked_by: string
  reviewed_at: Later<Text>
  reviewed_by: Later<string>
}

export interface PlanTable {
  id: string
  organisation_id: string
  name: string
  account_id: string
  cash_account_id: string | null
  kind: PlanKind
  instrument_id: string | null
  amount: Text
  currency: string
  fee: Text
  rhythm: Rhythm
  day: number
  day_rule: DayRule
  from_day: Text
  until_day: Text | null
  note: string
  created_at: Moment
  created_by: string
  time_zone: string
  removed_at: Later<Text>
  paused_on: ColumnType<Text | null, string | null | undefined, string | null>
  skipped_through: ColumnType<Text | null, string | null | undefined, string | null>
  version: Generated<number>
}

export interface PlanDayTable {
  plan_id: string
  scheduled_on: Text
  organisation_id: string
  transaction_id: string
}

export interface PeriodAndPlanTables {
  period_lock: PeriodLockTable
  period_override: PeriodOverrideTable
  balance_assertion: BalanceAssertionTable
  transaction_review: TransactionReviewTable
  plan: PlanTable
  plan_day: PlanDayTable
}
