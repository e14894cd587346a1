import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { withNew } from '../../components/common/shell/useCommands.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'

/** No holdings on this day: why, and the two ways to have some. */
export function NothingHeld({ day }: { day: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  return (
    <>
      <div className="page-head">
        <h1>{t('holdings.title')}</h1>
      </div>
      <h2>{t('holdings.empty.title', { date: format.day(day) })}</h2>
      <p className="why">{t('holdings.empty.why')}</p>
      <p className="ways">
        <Link className="btn pri" to={`/import${search}`}>
          {t('holdings.empty.import')}
        </Link>
        <Link className="btn" to={`/transactions${withNew(search)}`}>
          {t('holdings.empty.enter')}
        </Link>
      </p>
    </>
  )
}
