import '../../../styles/transactions.css'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ProblemNote } from '../../../components/common/ProblemNote.tsx'
import { Skeleton, Waiting } from '../../../components/common/Waiting.tsx'
import { useFormat } from '../../../hooks/useFormat.ts'
import { useView } from '../../../hooks/useView.ts'
import { knownAtOf } from '../../../hooks/view.ts'
import { useTransactionHistoryQuery, useTransactionQuery } from '../../../services/journal-api.ts'
import { useAccountsQuery, useInstrumentsQuery } from '../../../services/portfolio-api.ts'
import { HistoryActs } from '../HistoryActs.tsx'
import { StateCell } from '../JournalCells.tsx'
import { kindOf } from '../journal-rows.ts'
import type { Standing } from '../useRecording.ts'
import { LegsOfEvent } from './LegsOfEvent.tsx'
import { LotsMoved } from './LotsMoved.tsx'
import { rowOfEvent } from './row-of-event.ts'
import { Stated } from './Stated.tsx'
import { TransactionActs } from './TransactionActs.tsx'
import { VersionNotes } from './VersionNotes.tsx'
import { VoidForm } from './VoidForm.tsx'

const TransactionDrawer = lazy(() => import('../TransactionDrawer.tsx'))

/** One transaction: what was stated, the legs of its event, the lots that it moved, who did what to it, and what can be done. */
export default function TransactionPage() {
  const { t } = useTranslation()
  const { transactionId = '' } = useParams()
  const { view, search } = useView()
  const found = useTransactionQuery({ transactionId, ...knownAtOf(view) })
  if (found.currentData)
    return (
      <Waiting on={found.isFetching}>
        <One key={transactionId} of={found.currentData} />
      </Waiting>
    )
  return (
    <>
      <h1 className="sr">{t('transactions.one.title')}</h1>
      {found.error ? (
        <ProblemNote
          problem={found.error as Problem}
          retry={found.refetch}
          way={{ to: `/transactions${search}`, words: t('transactions.one.toList') }}
        />
      ) : (
        <Skeleton chart={false} rows={8} />
      )}
    </>
  )
}

function One({ of }: { of: Schema<'Transaction'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { view, search } = useView()
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const [asking, setAsking] = useState(false)
  const history = useTransactionHistoryQuery(of.id)
  const names = useNames()
  const row = rowOfEvent(of, history.data?.acts ?? [])
  const title = [t(`kind.${kindOf(row)}`), names.instrumentOf(of.instrumentId ?? '')?.name ?? of.note].filter(Boolean).join(' · ')
  const leave = (standing?: Pick<Standing, 'id'>) => {
    setEditing(false)
    if (standing && standing.id !== of.id) navigate(`/transactions/${standing.id}${search}`)
  }
  return (
    <>
      <div className="page-head roomy">
        <h1>{title}</h1>
        <span className="muted">{format.day(of.date)}</span>
        <StateCell of={of} />
        <TransactionActs
          of={row}
          asKnown={view.knownOn !== null}
          onEdit={() => setEditing(true)}
          asking={asking}
          onVoid={() => setAsking(!asking)}
          onStanding={leave}
        />
      </div>
      {asking && of.state !== 'void' ? <VoidForm of={of} done={() => setAsking(false)} onStanding={leave} /> : null}
      <VersionNotes of={of} />
      <Stated of={of} {...names} />
      <LegsOfEvent of={row} shown={of.id} {...names} />
      {of.state === 'posted' && of.instrumentId ? <LotsMoved of={of} instrumentId={of.instrumentId} /> : null}
      <section className="sec">
        <div className="sec-head">
          <h2>{t('history.show')}</h2>
          <p>{t('transactions.one.historyWhy')}</p>
        </div>
        {history.error ? <ProblemNote problem={history.error as Problem} retry={history.refetch} /> : null}
        {history.data ? <HistoryActs acts={history.data.acts} {...names} /> : null}
      </section>
      {editing ? (
        <Suspense>
          <TransactionDrawer portfolio={null} edited={row} close={leave} />
        </Suspense>
      ) : null}
    </>
  )
}

/** Accounts and instruments by their ids, those of other portfolios and archived ones too. */
function useNames() {
  const accounts = new Map(useAccountsQuery({}).data?.map(({ id, name }) => [id, name]))
  const instruments = new Map(useInstrumentsQuery({}).data?.map((instrument) => [instrument.id, instrument]))
  return { accountOf: (id: string) => accounts.get(id) ?? '', instrumentOf: (id: string) => instruments.get(id) }
}
