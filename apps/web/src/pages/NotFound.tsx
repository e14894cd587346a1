import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <div className="page-head tall">
      <div>
        <h1>{t('shell.notFound.title')}</h1>
        <p className="why">{t('shell.notFound.why')}</p>
        <p className="why">
          <Link to="/">{t('shell.notFound.home')}</Link>
        </p>
      </div>
    </div>
  )
}
