import '../../styles/transactions.css'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Stale } from '../../components/common/Stale.tsx'
import { Skeleton, Waiting } from '../../components/common/Waiting.tsx'
import { PageState } from '../../components/portfolio/PageState.tsx'
import { sharedWeights } from '../../components/portfolio/shared-weights.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { useView } from '../../hooks/useView.ts'
import { useAssertionsQuery } from '../../services/account-api.ts'
import { useHoldingsQuery, usePerformanceQuery } from '../../services/analytics-api.ts'
import { useAccountsQuery } from '../../services/portfolio-api.ts'

/** Cash by account and currency with what it is worth, what currencies made of the period, and whether statements agree. */
export default function CashPage() {
  const { t } = useTranslation()
  return <PageState empty={() => <p className="note calm">{t('plans.noBook')}</p>}>{(scope) => <Cash scope={scope} />}</PageState>
}

function Cash({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const { portfolioId, accountId, currency } = scope.question
  const whose = { portfolioId, ...(accountId ? { accountId } : {}) }
  const holdings = useHoldingsQuery({ ...whose, asOf: scope.to, currency })
  if (!holdings.data)
    return holdings.error ? (
      <>
        <div className="page-head">
          <h1>{t('shell.places.cash')}</h1>
        </div>
        <ProblemNote problem={holdings.error as Problem} retry={holdings.refetch} />
      </>
    ) : (
      <Skeleton chart={false} rows={8} />
    )
  const { totals, asOf } = holdings.data
  const cash = withSharedWeights(holdings.data)
  return (
    <>
      <div className="page-head roomy">
        <h1>{t('shell.places.cash')}</h1>
        <span className="muted">{format.day(asOf)}</span>
        <span className="end">
          <Link className="btn" to={`/transactions${asking(search, { kind: 'currency-exchange' })}`}>
            {t('cash.movements')}
          </Link>
          <Link className="btn pri" to={`/transactions${asking(search, { new: '1', as: 'currency-exchange' })}`}>
            <Icon name="plus" small />
            {t('cash.exchange')}
          </Link>
        </span>
      </div>
      <CurrencyGain scope={scope} />
      <Waiting on={holdings.isFetching}>
        {cash.length === 0 ? (
          <p className="note calm spaced-table">{t('cash.none')}</p>
        ) : (
          <Balances cash={cash} total={totals.cash} currency={scope.currency} search={search} />
        )}
      </Waiting>
      <Differences whose={whose} search={search} />
    </>
  )
}

/** The weights that the table of holdings shows, so that the same cash weighs the same on both screens. */
function withSharedWeights({ holdings, cash }: Schema<'Holdings'>): Schema<'CashHolding'>[] {
  const shared = sharedWeights([...holdings, ...cash].map(({ weight }) => weight.value))
  return cash.map((held, at) => ({ ...held, weight: { ...held.weight, value: shared[holdings.length + at] ?? null } }))
}

/** What changes of rates added to the portfolio over the period, as its statement has it. */
function CurrencyGain({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data, error, refetch } = usePerformanceQuery(scope.question)
  if (error) return <ProblemNote problem={error as Problem} retry={refetch} />
  if (!data?.statement) return data ? null : <Skeleton chart={false} rows={1} />
  return (
    <p className="why">
      {t('cash.gain', { from: format.day(scope.from), to: format.day(scope.to) })}{' '}
      <b>
        <Money of={data.statement.currencyGain} signed coloured /> {scope.currency}
      </b>
    </p>
  )
}

interface BalancesProps {
  readonly cash: readonly Schema<'CashHolding'>[]
  readonly total: Schema<'MoneyFigure'>
  readonly currency: string
  readonly search: string
}

function Balances({ cash, total, currency, search }: BalancesProps) {
  const { t } = useTranslation()
  return (
    <table className="t cards spaced-table">
      <thead>
        <tr>
          <th>{t('cash.account')}</th>
          <th className="n">{t('cash.balance')}</th>
          <th>{t('cash.currency')}</th>
          <th className="n">{t('cash.weight')}</th>
          <th className="n">{t('cash.value', { currency })}</th>
        </tr>
      </thead>
      <tbody>
        {cash.map((held) => (
          <tr key={`${held.accountId} ${held.balanceCurrency}`}>
            <td className="a">
              <span className="name">
                <Link className="link" to={`/accounts/${held.accountId}${search}`}>
                  <b>{held.account}</b>
                </Link>
              </span>
            </td>
            <td className="n">{held.balance === null ? <Money of={held.value} /> : <Money of={held.balance} />}</td>
            <td className="c soft">
              <span className="no-phone">{held.balanceCurrency}</span>
              <span className="only-phone">
                {held.balance === null ? null : <Money of={held.balance} />} {held.balanceCurrency}
              </span>
            </td>
            <td className="d n">
              <span className="no-phone">
                <Percent of={held.weight} bare />
              </span>
              <span className="only-phone">
                <Percent of={held.weight} />
              </span>
            </td>
            <td className="b n">
              {held.value.staleSince ? <Stale since={held.value.staleSince} /> : null}
              <Money of={held.value} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td className="a">{t('cash.total')}</td>
          <td />
          <td />
          <td />
          <td className="b n">
            <Money of={total} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

/** Statements that the book does not agree with. */
function Differences({ whose, search }: { whose: { portfolioId: string; accountId?: string }; search: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data = [], error, refetch } = useAssertionsQuery(whose)
  const accounts = useAccountsQuery({ portfolioId: whose.portfolioId }).data ?? []
  if (error) return <ProblemNote problem={error as Problem} retry={refetch} />
  const differing = data.filter(({ result, currency }) => result === 'differs' && currency !== null)
  if (data.length === 0) return null
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('cash.statements')}</h2>
        <p>{differing.length === 0 ? t('cash.agree', { count: data.length }) : t('cash.disagree', { count: differing.length })}</p>
      </div>
      {differing.length > 0 ? (
        <table className="t cards">
          <thead>
            <tr>
              <th>{t('cash.account')}</th>
              <th>{t('account.day')}</th>
              <th className="n">{t('account.stated.stated')}</th>
              <th className="n">{t('account.stated.differs')}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((one) => (
              <tr key={one.id}>
                <td className="a">
                  <span className="name">
                    <Link className="link" to={`/accounts/${one.accountId}${search}`}>
                      <b>{accounts.find(({ id }) => id === one.accountId)?.name ?? ''}</b>
                    </Link>
                  </span>
                </td>
                <td className="c soft">{format.day(one.date)}</td>
                <td className="c n">
                  <Money of={one.stated} /> {one.currency}
                </td>
                <td className="b n">
                  <Money of={one.difference ?? '0'} signed /> {one.currency}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}

function asking(search: string, more: Readonly<Record<string, string>>): string {
  const parts = new URLSearchParams(search)
  for (const [key, value] of Object.entries(more)) parts.set(key, value)
  return `?${parts}`
}
