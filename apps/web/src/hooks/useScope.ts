import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import type { PeriodQuestion } from '../services/analytics-api.ts'
import { useAboutQuery, useAccountsQuery, useInstrumentsQuery, usePortfoliosQuery } from '../services/portfolio-api.ts'
import { useView } from './useView.ts'
import { knownAtOf, type Span, spanOf, type View } from './view.ts'

/** What the screen is about: a portfolio, over a span, in a currency. */
export interface Scope extends Span {
  readonly portfolio: Schema<'Portfolio'>
  /** Of what is in view: the instrument, else the account, else the portfolio. */
  readonly name: string
  readonly today: PlainDate
  readonly currency: string
  readonly view: View
  /** As asked of analytics. */
  readonly question: PeriodQuestion
}

export type ScopeState =
  | { readonly status: 'loading' }
  | { readonly status: 'problem'; readonly problem: Problem; readonly retry: () => void }
  /** Nobody has made a portfolio yet. */
  | { readonly status: 'empty'; readonly today: PlainDate }
  | { readonly status: 'ready'; readonly scope: Scope }

export function useScope(): ScopeState {
  const { view } = useView()
  const about = useAboutQuery()
  const portfolios = usePortfoliosQuery()
  const portfolio =
    portfolios.data?.find(({ id }) => id === view.portfolioId) ??
    portfolios.data?.find(({ archivedOn }) => archivedOn === null) ??
    portfolios.data?.[0]
  const accounts = useAccountsQuery({ portfolioId: portfolio?.id ?? '' }, { skip: view.accountId === null || !portfolio }).data
  const instruments = useInstrumentsQuery({}, { skip: view.instrumentId === null }).data
  const problem = about.error ?? portfolios.error
  if (about.data && portfolios.data) {
    const today = about.data.today as PlainDate
    const part = instruments?.find(({ id }) => id === view.instrumentId) ?? accounts?.find(({ id }) => id === view.accountId)
    return portfolio ? { status: 'ready', scope: scopeOf(view, portfolio, today, part?.name) } : { status: 'empty', today }
  }
  if (problem)
    return {
      status: 'problem',
      problem: problem as Problem,
      retry: () => {
        about.refetch()
        portfolios.refetch()
      },
    }
  return { status: 'loading' }
}

function scopeOf(view: View, portfolio: Schema<'Portfolio'>, today: PlainDate, part?: string): Scope {
  // Named periods begin with the inception date; a person may choose an earlier day.
  const begins = view.period === 'own' ? null : portfolio.inceptionDate
  const span = spanOf(view, today, (begins ?? portfolio.firstDay) as PlainDate | null)
  const currency = view.currency ?? portfolio.baseCurrency
  const question: PeriodQuestion = {
    portfolioId: portfolio.id,
    ...(view.accountId ? { accountId: view.accountId } : {}),
    ...(view.instrumentId ? { instrumentId: view.instrumentId } : {}),
    ...span,
    currency,
    ...knownAtOf(view),
  }
  return { portfolio, name: part ?? portfolio.name, today, currency, view, question, ...span }
}
