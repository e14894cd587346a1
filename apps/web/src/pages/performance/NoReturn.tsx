import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useView } from '../../hooks/useView.ts'

export function NoReturn() {
  const { t } = useTranslation()
  const { search } = useView()
  return (
    <>
      <h2>{t('performance.empty.title')}</h2>
      <p className="why">{t('performance.empty.why')}</p>
      <p className="ways">
        <Link className="btn pri" to={`/import${search}`}>
          {t('holdings.empty.import')}
        </Link>
      </p>
    </>
  )
}
