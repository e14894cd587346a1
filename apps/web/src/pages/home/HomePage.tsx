import { useTranslation } from 'react-i18next'

export default function HomePage() {
  const { t } = useTranslation()
  return (
    <div className="page-head">
      <h1>{t('shell.places.home')}</h1>
    </div>
  )
}
