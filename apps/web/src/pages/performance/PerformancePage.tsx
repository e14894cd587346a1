import { useTranslation } from 'react-i18next'

export default function PerformancePage() {
  const { t } = useTranslation()
  return (
    <div className="page-head">
      <h1>{t('shell.places.performance')}</h1>
    </div>
  )
}
