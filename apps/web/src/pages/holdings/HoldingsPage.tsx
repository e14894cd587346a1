import { useTranslation } from 'react-i18next'

export default function HoldingsPage() {
  const { t } = useTranslation()
  return (
    <div className="page-head">
      <h1>{t('shell.places.holdings')}</h1>
    </div>
  )
}
