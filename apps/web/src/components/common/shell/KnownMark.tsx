import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../hooks/useFormat.ts'
import { useView } from '../../../hooks/useView.ts'
import { Icon } from '../Icon.tsx'

/** Stands over every screen while the book is shown as it was known on a day, with the way back to now. */
export function KnownMark() {
  const { t } = useTranslation()
  const format = useFormat()
  const { view, change } = useView()
  if (view.knownOn === null) return null
  return (
    <p className="note known-mark" role="status">
      <Icon name="clock" small />
      <span>
        <b>{t('shell.known.mark', { day: format.day(view.knownOn) })}</b> {t('shell.known.means')}
      </span>
      <button type="button" className="link" onClick={() => change({ known: null })}>
        {t('shell.known.back')}
      </button>
    </p>
  )
}
