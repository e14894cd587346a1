import { useTranslation } from 'react-i18next'
import { useFormat } from '../../hooks/useFormat.ts'
import { useAboutQuery } from '../../services/portfolio-api.ts'
import { Icon } from './Icon.tsx'

/** The figure stays, and says how old what it rests on is; with the year where it is another one. */
export function Stale({ since }: { since: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useAboutQuery().data?.today ?? ''
  const sameYear = today.slice(0, 4) === since.slice(0, 4)
  return (
    <span className="stale" title={t('figures.stale', { date: format.day(since) })}>
      <Icon name="clock" small />
      {sameYear ? format.dayShort(since) : format.day(since)}
    </span>
  )
}
