import { useTranslation } from 'react-i18next'
import { useFormat } from '../../hooks/useFormat.ts'
import { Icon } from './Icon.tsx'

/** The figure stays, and says how old what it rests on is. */
export function Stale({ since }: { since: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <span className="stale" title={t('figures.stale', { date: format.day(since) })}>
      <Icon name="clock" small />
      {format.dayShort(since)}
    </span>
  )
}
