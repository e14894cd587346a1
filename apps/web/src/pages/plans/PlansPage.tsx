import '../../styles/transactions.css'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { PageState } from '../../components/portfolio/PageState.tsx'
import { WaitingTransactions } from '../../components/portfolio/WaitingTransactions.tsx'
import type { Scope } from '../../hooks/useScope.ts'
import { usePlansQuery } from '../../services/account-api.ts'
import { useAccountsQuery } from '../../services/portfolio-api.ts'
import { PlanForm } from './PlanForm.tsx'
import { PlanRow } from './PlanRow.tsx'

/** What recurs, and the drafts that wait for a person. */
export default function PlansPage() {
  const { t } = useTranslation()
  return <PageState empty={() => <p className="note calm">{t('plans.noBook')}</p>}>{(scope) => <Plans scope={scope} />}</PageState>
}

function Plans({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const [asked, ask] = useState<Schema<'Plan'> | null | 'none'>('none')
  const { data, error, isLoading, refetch } = usePlansQuery({ portfolioId: scope.portfolio.id })
  const accounts = useAccountsQuery({ portfolioId: scope.portfolio.id }).data ?? []
  if (isLoading) return <Skeleton chart={false} rows={6} />
  const plans = data ?? []
  const open = accounts.filter(({ archivedOn }) => archivedOn === null)
  return (
    <>
      <div className="page-head">
        <h1>{t('plans.title')}</h1>
        <span className="end">
          <button type="button" className="btn pri" disabled={open.length === 0 || asked === null} onClick={() => ask(null)}>
            <Icon name="plus" small />
            {t('plans.new')}
          </button>
        </span>
      </div>
      <p className="why">{t('plans.why')}</p>
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      {asked === 'none' ? null : (
        <PlanForm
          key={asked?.id ?? 'new'}
          accounts={asked === null ? open : accounts}
          today={scope.today}
          standing={asked}
          done={() => ask('none')}
        />
      )}
      {plans.length === 0 && !error && asked === 'none' ? <p className="note calm">{t('plans.none')}</p> : null}
      {plans.length > 0 ? (
        <table className="t cards spaced-table">
          <thead>
            <tr>
              <th>{t('plans.plan')}</th>
              <th>{t('plans.rhythm')}</th>
              <th>{t('plans.next')}</th>
              <th className="n">{t('plans.brought')}</th>
              <th className="n">{t('plans.amount')}</th>
              <th>
                <span className="sr">{t('waiting.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {plans.map((plan) => (
              <PlanRow key={plan.id} of={plan} account={accounts.find(({ id }) => id === plan.accountId)?.name ?? ''} onChange={ask} />
            ))}
          </tbody>
        </table>
      ) : null}
      <WaitingTransactions whose={{ portfolioId: scope.portfolio.id }} today={scope.today} />
    </>
  )
}
