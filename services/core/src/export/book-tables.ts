import { type CoreSection, coreSections } from '@pe/contracts/book-export.ts'
import type { CoreTables } from '../store/tables.ts'

/** Where the rows of a section stand, and in which order they are told: that of an index, so that nothing is sorted. */
export interface BookTable {
  readonly section: CoreSection
  readonly table: keyof CoreTables
  /** Of the table, in the order of the contract. */
  readonly columns: readonly Column[]
  readonly order: readonly string[]
}

export interface Column {
  /** In the file: 'cashAccountId'. */
  readonly field: string
  /** 'cash_account_id' */
  readonly name: string
}

const tables: Readonly<Record<CoreSection, readonly [table: keyof CoreTables, ...order: string[]]>> = {
  accounts: ['account', 'id'],
  portfolios: ['portfolio', 'id'],
  groupMembers: ['portfolio_group_member', 'group_id', 'portfolio_id'],
  portfolioAccounts: ['portfolio_account', 'portfolio_id', 'account_id'],
  accountKeys: ['account_key', 'portfolio_id', 'key'],
  batches: ['batch', 'import_id'],
  transactions: ['transaction', 'date', 'sequence', 'id'],
  reviews: ['transaction_review', 'transaction_id'],
  taxonomies: ['taxonomy', 'id'],
  taxonomyNodes: ['taxonomy_node', 'id'],
  taxonomyAssignments: ['taxonomy_assignment', 'taxonomy_id', 'kind', 'object_id', 'node_id'],
  actionApplications: ['action_application', 'id'],
  actionChoices: ['action_application_account', 'application_id', 'account_id'],
  periodLocks: ['period_lock', 'id'],
  periodOverrides: ['period_override', 'id'],
  balanceAssertions: ['balance_assertion', 'id'],
  plans: ['plan', 'id'],
  planDays: ['plan_day', 'plan_id', 'scheduled_on'],
}

/** In the order of the file. */
export const bookTables: readonly BookTable[] = (Object.keys(coreSections) as CoreSection[]).map((section) => {
  const [table, ...order] = tables[section]
  const columns = Object.keys(coreSections[section].properties).map((field) => ({ field, name: columnOf(field) }))
  return { section, table, columns, order }
})

/** The contract calls a column by its name in the other spelling. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
