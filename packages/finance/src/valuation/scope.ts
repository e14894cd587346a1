import type { LedgerTransaction } from '../ledger/transaction.ts'

/** Which part of a book is looked at: some accounts or all, and in them everything or one instrument. */
export interface Scope {
  /** Account ids; undefined means every account of the book. */
  readonly accounts?: ReadonlySet<string> | undefined
  /** With an instrument: before tax, after fees, without cash. */
  readonly instrumentId?: string | undefined
}

export function inScope(scope: Scope, accountId: string | undefined): boolean {
  return accountId !== undefined && (scope.accounts?.has(accountId) ?? true)
}

/** Whether all accounts of a transaction lie in the scope, none of them, or some: then something crosses its border. */
export function reach(entry: LedgerTransaction, scope: Scope): 'inside' | 'outside' | 'crossing' {
  if (!scope.accounts) return 'inside'
  const { accountId, cashAccountId, toAccountId } = entry
  const inside = scope.accounts.has(accountId)
  if (cashAccountId !== undefined && scope.accounts.has(cashAccountId) !== inside) return 'crossing'
  if (toAccountId !== undefined && scope.accounts.has(toAccountId) !== inside) return 'crossing'
  return inside ? 'inside' : 'outside'
}
