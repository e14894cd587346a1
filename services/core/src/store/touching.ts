import { type RawBuilder, sql } from 'kysely'

/** Transactions in which one of these accounts takes part: with its units, its cash or as the receiver. `accounts` is an array of ids. */
export function touchingAny(accountIds: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`(account_id = any(${accountIds}::uuid[]) or cash_account_id = any(${accountIds}::uuid[]) or to_account_id = any(${accountIds}::uuid[]))`
}

/** The same for one account that the surrounding query names. */
export function touching(account: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(account_id = ${account} or cash_account_id = ${account} or to_account_id = ${account})`
}
