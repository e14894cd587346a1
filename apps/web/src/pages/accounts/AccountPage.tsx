import '../../styles/transactions.css'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { WaitingTransactions } from '../../components/portfolio/WaitingTransactions.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { knownAtOf } from '../../hooks/view.ts'
import { useAccountQuery, usePositionsQuery } from '../../services/account-api.ts'
import { useAboutQuery } from '../../services/portfolio-api.ts'
import { ClosedPeriods } from './ClosedPeriods.tsx'
import { Held } from './Held.tsx'
import { LastTransactions } from './LastTransactions.tsx'
import { StatedBalances } from './StatedBalances.tsx'

/** One account: its rules, what it holds at the end of the period in view, what waits, what statements say of it and until when it is closed. */
export default function AccountPage() {
  const { accountId = '' } = useParams()
  const { t } = useTranslation()
  const account = useAccountQuery(accountId)
  const { view, search } = useView()
  const positions = usePositionsQuery({ accountId, ...(view.to ? { asOf: view.to } : {}), ...knownAtOf(view) })
  const today = useAboutQuery().data?.today
  if (account.error)
    return (
      <>
        <div className="page-head">
          <h1>{t('account.page')}</h1>
        </div>
        <ProblemNote
          problem={account.error as Problem}
          retry={account.refetch}
          way={{ to: `/cash${search}`, words: t('account.toList') }}
        />
      </>
    )
  if (!account.data || !today) return <Skeleton chart={false} rows={8} />
  return (
    <>
      <Head account={account.data} />
      {positions.error ? <ProblemNote problem={positions.error as Problem} retry={positions.refetch} /> : null}
      {positions.data ? <Held account={account.data} positions={positions.data} /> : <Skeleton chart={false} rows={4} />}
      <WaitingTransactions whose={{ accountId }} today={today} />
      <LastTransactions accountId={accountId} />
      <StatedBalances account={account.data} today={today} held={positions.data?.positions.map(({ instrumentId }) => instrumentId) ?? []} />
      <ClosedPeriods account={account.data} today={today} />
      <p className="sr">{t('account.end')}</p>
    </>
  )
}

function Head({ account }: { account: Schema<'Account'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const rules = [
    account.currency,
    account.openedOn ? t('account.openedOn', { day: format.day(account.openedOn) }) : t('account.openedAny'),
    t(account.allowsShort ? 'account.allowsShort' : 'account.noShort'),
    ...(account.archivedOn ? [t('account.archivedOn', { day: format.day(account.archivedOn) })] : []),
  ]
  return (
    <>
      <div className="page-head">
        <h1>{account.name}</h1>
        <span className="muted">
          {t('account.transactions', { count: account.transactionCount, number: format.count(account.transactionCount) })}
        </span>
        <span className="end">
          <Link className="btn" to={`/transactions${withAccount(search, account.id)}`}>
            <Icon name="transactions" small />
            {t('account.journal')}
          </Link>
        </span>
      </div>
      <p className="why">
        {rules.join(' · ')}
        {account.note ? ` · ${account.note}` : ''}
      </p>
    </>
  )
}

/** The address of the journal, narrowed to an account and, where given, to the days around one. */
export function withAccount(search: string, accountId: string): string {
  const parts = new URLSearchParams(search)
  parts.set('account', accountId)
  return `?${parts}`
}
