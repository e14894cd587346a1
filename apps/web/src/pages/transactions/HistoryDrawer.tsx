import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { SideDrawer } from '../../components/common/SideDrawer.tsx'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { useView } from '../../hooks/useView.ts'
import { useTransactionHistoryQuery } from '../../services/journal-api.ts'
import { ChargeList } from './ChargeList.tsx'
import { HistoryActs } from './HistoryActs.tsx'
import type { NamesOf } from './useChangeWords.ts'

interface DrawerProps extends NamesOf {
  readonly transaction: Schema<'Transaction'>
  readonly title: string
  readonly close: () => void
}

/** Who stated what, when and why: the newest act first, each with what it changed. */
export default function HistoryDrawer({ transaction, title, close, ...names }: DrawerProps) {
  const { t } = useTranslation()
  const { search } = useView()
  const { data, error, isLoading, refetch } = useTransactionHistoryQuery(transaction.id)
  const label = t('history.title', { name: title })
  const charges = transaction.charges ?? []
  return (
    <SideDrawer title={label} close={close}>
      <div className="in">
        <p>
          <Link className="link" to={`/transactions/${transaction.id}${search}`}>
            {t('transactions.one.open')}
          </Link>
        </p>
        {charges.length > 0 ? <ChargeList charges={charges} currency={transaction.currency} /> : null}
        {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
        {isLoading ? <Skeleton chart={false} rows={4} /> : null}
        {data ? <HistoryActs acts={data.acts} {...names} /> : null}
      </div>
    </SideDrawer>
  )
}
