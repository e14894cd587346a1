import Drawer from '@mui/material/Drawer'
import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { usePhone } from '../../hooks/usePhone.ts'
import { useAboutQuery, useAccountsQuery } from '../../services/portfolio-api.ts'
import Themed from '../../styles/Themed.tsx'
import type { JournalRow } from './journal-rows.ts'
import { TransactionForm } from './TransactionForm.tsx'

interface DrawerProps {
  readonly portfolio: Schema<'Portfolio'>
  /** The transaction to correct; null for a new one. */
  readonly edited: JournalRow | null
  readonly close: () => void
}

/** The form over the page, from the right; from the bottom on a phone. */
export default function TransactionDrawer({ portfolio, edited, close }: DrawerProps) {
  const { t } = useTranslation()
  const phone = usePhone()
  const accounts = useAccountsQuery({ portfolioId: portfolio.id }).data
  const today = useAboutQuery().data?.today
  const title = edited ? t('transactions.correct') : t('transactions.newOne')
  return (
    <Themed>
      <Drawer
        anchor={phone ? 'bottom' : 'right'}
        open
        onClose={close}
        slotProps={{ paper: { className: 'drawer', role: 'dialog', 'aria-label': title } }}
      >
        <header>
          <h2>{title}</h2>
          <button type="button" className="icon" aria-label={t('shell.close')} onClick={close}>
            <Icon name="cross" />
          </button>
        </header>
        {accounts && today ? (
          <TransactionForm accounts={accounts} today={today} edited={edited} done={close} />
        ) : (
          <Skeleton chart={false} rows={5} />
        )}
      </Drawer>
    </Themed>
  )
}
