import { useTranslation } from 'react-i18next'

export default function TransactionsPage() {
  const { t } = useTranslation()
  return (
    <div className="page-head">
      <h1>{t('shell.places.transactions')}</h1>
    </div>
  )
}
