import type { Call } from '@pe/contracts/actor.ts'
import type { CostMethod } from '@pe/finance/lots/lot-book.ts'
import { type Currency, isCurrency } from '@pe/finance/money/currency.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { Deps } from '../deps.ts'
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
  /** Of every figure. */
  readonly currency: Currency
  readonly costMethod: CostMethod
  /** The stored days that are this very scope in this very currency. */
  readonly stored: { readonly kind: ScopeKind; readonly id: string } | null
}

export interface ScopeQuery {
  readonly accountId?: string
  readonly instrumentId?: string
  readonly currency?: string
  readonly costMethod?: CostMethod
}

export async function portfolioScope(deps: Deps, call: Call, portfolioId: string, query: ScopeQuery): Promise<FigureScope> {
  const portfolio = await deps.core.getPortfolio({ params: { portfolioId } }, call)
  const { accountId, instrumentId } = query
  if (accountId !== undefined && !portfolio.accountIds.includes(accountId))
    throw new Refused('not_found', `The portfolio ${portfolio.name} has no such account.`)
  const currency = asCurrency(query.currency ?? portfolio.baseCurrency)
  const whole = accountId === undefined && instrumentId === undefined && currency === portfolio.baseCurrency
  return {
    portfolioId,
    ...(accountId === undefined ? {} : { accountId }),
    ...(instrumentId === undefined ? {} : { instrumentId }),
    accountIds: portfolio.accountIds,
    accounts: new Set(accountId === undefined ? portfolio.accountIds : [accountId]),
    currency,
    costMethod: query.costMethod ?? portfolio.costMethod,
    stored: whole ? { kind: 'portfolio', id: portfolioId } : null,
  }
}

export async function accountScope(deps: Deps, call: Call, accountId: string, query: ScopeQuery): Promise<FigureScope> {
  const account = await deps.core.getAccount({ params: { accountId } }, call)
  const { instrumentId } = query
  const currency = asCurrency(query.currency ?? account.currency)
  return {
    accountId,
    ...(instrumentId === undefined ? {} : { instrumentId }),
    accountIds: [accountId],
    accounts: new Set([accountId]),
    currency,
    costMethod: query.costMethod ?? 'fifo',
    stored: instrumentId === undefined && currency === account.currency ? { kind: 'account', id: accountId } : null,
  }
}

/** The scope as finance names it. */
export function scopeOfFinance({ accounts, instrumentId }: FigureScope): Scope {
  return { accounts, instrumentId }
}

function asCurrency(code: string): Currency {
  if (!isCurrency(code)) throw new Refused('unknown_currency', `${code} is no currency of ISO 4217.`)
  return code
}
