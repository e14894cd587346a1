import type { Call } from '@pe/contracts/actor.ts'
import { type CostMethod, type LotScope, usualLotScope } from '@pe/finance/lots/cost-method.ts'
import { type Currency, isCurrency } from '@pe/finance/money/currency.ts'
import { addDays, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { Deps } from '../deps.ts'
import type { FigureScope } from './figure-scope.ts'

/** What a request narrows or changes of the whole account or portfolio. */
export interface ScopeQuery {
  readonly accountId?: string
  readonly instrumentId?: string
  readonly currency?: string
  readonly knownAt?: string
  readonly costMethod?: CostMethod
  readonly lotScope?: LotScope
}

export async function portfolioScope(deps: Deps, call: Call, portfolioId: string, query: ScopeQuery): Promise<FigureScope> {
  const portfolio = await deps.core.getPortfolio({ params: { portfolioId } }, call)
  const { accountId, instrumentId } = query
  if (accountId !== undefined && !portfolio.accountIds.includes(accountId))
    throw new Refused('not_found', `The portfolio ${portfolio.name} has no such account.`)
  const currency = asCurrency(query.currency ?? portfolio.baseCurrency)
  const whole = query.knownAt === undefined && accountId === undefined && instrumentId === undefined && currency === portfolio.baseCurrency
  return {
    portfolioId,
    ...(accountId === undefined ? {} : { accountId }),
    ...(instrumentId === undefined ? {} : { instrumentId }),
    ...(query.knownAt === undefined ? {} : { knownAt: query.knownAt }),
    accountIds: portfolio.accountIds,
    accounts: new Set(accountId === undefined ? portfolio.accountIds : [accountId]),
    currency,
    ...keptAs(query, portfolio),
    inceptionDate: portfolio.inceptionDate,
    stored: whole ? { kind: 'portfolio', id: portfolioId } : null,
  }
}

/** What is asked of a portfolio that names no first day begins with its inception: the opening value is that of the day before. */
export function sinceInception<Q extends { from?: PlainDate; to?: PlainDate }>({ inceptionDate }: FigureScope, query: Q): Q {
  if (query.from !== undefined || !inceptionDate) return query
  const from = addDays(inceptionDate, -1)
  return query.to !== undefined && query.to < from ? query : { ...query, from }
}

export async function accountScope(deps: Deps, call: Call, accountId: string, query: ScopeQuery): Promise<FigureScope> {
  const account = await deps.core.getAccount({ params: { accountId } }, call)
  const { instrumentId } = query
  const currency = asCurrency(query.currency ?? account.currency)
  return {
    accountId,
    ...(instrumentId === undefined ? {} : { instrumentId }),
    ...(query.knownAt === undefined ? {} : { knownAt: query.knownAt }),
    accountIds: [accountId],
    accounts: new Set([accountId]),
    currency,
    ...keptAs(query, { costMethod: 'fifo', lotScope: 'account' }),
    stored:
      query.knownAt === undefined && instrumentId === undefined && currency === account.currency
        ? { kind: 'account', id: accountId }
        : null,
  }
}

/** The method and reach of the portfolio; of another method the reach that is usual, unless asked for. */
function keptAs(query: ScopeQuery, standing: Pick<FigureScope, 'costMethod' | 'lotScope'>): Pick<FigureScope, 'costMethod' | 'lotScope'> {
  const costMethod = query.costMethod ?? standing.costMethod
  const usual = costMethod === standing.costMethod ? standing.lotScope : usualLotScope(costMethod)
  return { costMethod, lotScope: query.lotScope ?? usual }
}

function asCurrency(code: string): Currency {
  if (!isCurrency(code)) throw new Refused('unknown_currency', `${code} is no currency of ISO 4217.`)
  return code
}
