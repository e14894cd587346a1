import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import type { CostMethod, LotScope } from '@pe/finance/lots/cost-method.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import type { ScopeKind } from '../store/tables.ts'

/** What a figure is about. */
export interface FigureScope {
  readonly portfolioId?: string
  readonly accountId?: string
  readonly instrumentId?: string
  /** Accounts whose books are read: lots of an average are shared by all of a portfolio. */
  readonly accountIds: readonly string[]
  /** Accounts that count, a subset of those. */
  readonly accounts: ReadonlySet<string>
  /** Day on which a portfolio says that it began; figures without a first day begin there. */
  readonly inceptionDate?: PlainDate | null
  /** The moment at which the books are to be known; as they are now when absent. */
  readonly knownAt?: string
  /** Of every figure. */
  readonly currency: Currency
  readonly costMethod: CostMethod
  readonly lotScope: LotScope
  /** The stored days that are this very scope in this very currency. */
  readonly stored: { readonly kind: ScopeKind; readonly id: string } | null
}

/** How its lots are kept, as finance asks for it. */
export function lotOptions({ currency, costMethod, lotScope, accountIds }: FigureScope) {
  return { currency, method: costMethod, acrossAccounts: lotScope === 'portfolio', pool: new Set(accountIds) } satisfies GainOptions
}

/** The scope as finance names it. */
export function scopeOfFinance({ accounts, instrumentId }: FigureScope): Scope {
  return { accounts, instrumentId }
}
