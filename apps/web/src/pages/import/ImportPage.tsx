import { useTranslation } from 'react-i18next'

export default function ImportPage() {
  const { t } = useTranslation()
  return (
    <div className="page-head">
      <h1>{t('shell.places.import')}</h1>
    </div>
  )
}
