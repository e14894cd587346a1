import { useTranslation } from 'react-i18next'
import type { Scope } from '../../../hooks/useScope.ts'
import { useView } from '../../../hooks/useView.ts'

/** The book as it was known at the end of a day (UTC); empty is now. */
export function KnownOnField({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const { view, change } = useView()
  return (
    <label className="field known-on">
      <span>{t('shell.known.label')}</span>
      <input
        className="input"
        type="date"
        value={view.knownOn ?? ''}
        max={scope.today}
        onChange={(event) => change({ known: event.target.value === '' ? null : event.target.value })}
      />
      <small className="muted">{t('shell.known.hint')}</small>
    </label>
  )
}
