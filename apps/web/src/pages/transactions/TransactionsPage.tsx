import '../../styles/transactions.css'
import type { Schema } from '@pe/sdk/client.ts'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { PageState } from '../../components/portfolio/PageState.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { FirstBook } from './FirstBook.tsx'
import { Journal } from './Journal.tsx'
import { JournalActions } from './JournalActions.tsx'
import type { JournalRow } from './journal-rows.ts'

const TransactionDrawer = lazy(() => import('./TransactionDrawer.tsx'))

/** The journal of the scope, newest first; a new transaction is asked for in the address (`new=1`), so that any place can lead to it. */
export default function TransactionsPage() {
  return <PageState empty={() => <FirstBook />}>{(scope) => <Book portfolio={scope.portfolio} />}</PageState>
}

function Book({ portfolio }: { portfolio: Schema<'Portfolio'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const [params, setParams] = useSearchParams()
  const [edited, setEdited] = useState<JournalRow | null>(null)
  const asked = params.get('new') === '1'
  const close = () => {
    setEdited(null)
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        next.delete('new')
        next.delete('as')
        return next
      },
      { replace: true },
    )
  }
  const ask = () =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      next.set('new', '1')
      return next
    })
  return (
    <>
      <div className="page-head">
        <h1>{t('shell.places.transactions')}</h1>
        <span className="muted">
          {t('transactions.count', { count: portfolio.transactionCount, number: format.count(portfolio.transactionCount) })}
        </span>
        <span className="end">
          <Link className="btn no-phone" to={`/transactions/sheet${search}`}>
            {t('transactions.asSheet')}
          </Link>
          <ExportMenu portfolioId={portfolio.id} />
          <Link className="btn no-phone" to={`/import${search}`}>
            <Icon name="import" small />
            {t('shell.places.import')}
          </Link>
          <button type="button" className="btn pri" onClick={ask}>
            <Icon name="plus" small />
            {t('transactions.new')}
          </button>
        </span>
      </div>
      <JournalActions portfolioId={portfolio.id} />
      <Journal portfolio={portfolio} onEdit={setEdited} />
      {asked || edited ? (
        <Suspense>
          <TransactionDrawer key={edited?.id ?? 'new'} portfolio={portfolio} edited={edited} close={close} />
        </Suspense>
      ) : null}
    </>
  )
}
