import { useId } from 'react'
import { useTranslation } from 'react-i18next'

/** The zone of this browser. */
export function guessedTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/** In which zone this person's "today" is meant. */
export function TimeZoneField({ value, onChange, small = false }: { value: string; onChange: (zone: string) => void; small?: boolean }) {
  const { t } = useTranslation()
  const id = useId()
  const known = Intl.supportedValuesOf('timeZone')
  const zones = [...new Set(['UTC', guessedTimeZone(), value, ...known])].toSorted()
  return (
    <div className="field">
      <label className="label-row" htmlFor={id}>
        {t('identity.timeZone.label')}
      </label>
      <select id={id} className={small ? 'input sm' : 'input'} value={value} onChange={(event) => onChange(event.target.value)}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
      <small className="muted">{t('identity.timeZone.why')}</small>
    </div>
  )
}
