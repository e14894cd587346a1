import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { SideDrawer } from '../../components/common/SideDrawer.tsx'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { useAboutQuery, useAccountsQuery } from '../../services/portfolio-api.ts'
import type { JournalRow } from './journal-rows.ts'
import { TransactionForm } from './TransactionForm.tsx'
import type { Standing } from './useRecording.ts'

interface DrawerProps {
  /** Whose accounts it may be recorded in; every account when null. */
  readonly portfolio: Schema<'Portfolio'> | null
  /** The transaction to correct; null for a new one. */
  readonly edited: JournalRow | null
  /** With what stands in the journal now, where something was recorded. */
  readonly close: (standing?: Standing) => void
}

/** Archived accounts take nothing more; one that the transaction to correct stands in stays to be named. */
const offered = (edited: JournalRow | null) => (account: Schema<'Account'>) =>
  account.archivedOn === null || [edited?.accountId, edited?.cashAccountId, edited?.toAccountId].includes(account.id)

/** The form over the page, from the right; from the bottom on a phone. */
export default function TransactionDrawer({ portfolio, edited, close }: DrawerProps) {
  const { t } = useTranslation()
  const accounts = useAccountsQuery(portfolio ? { portfolioId: portfolio.id } : {}).data
  const today = useAboutQuery().data?.today
  const title = edited ? t('transactions.correct') : t('transactions.newOne')
  return (
    <SideDrawer title={title} close={() => close()}>
      {accounts && today ? (
        <TransactionForm accounts={accounts.filter(offered(edited))} today={today} edited={edited} done={close} />
      ) : (
        <Skeleton chart={false} rows={5} />
      )}
    </SideDrawer>
  )
}
