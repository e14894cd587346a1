import { useTranslation } from 'react-i18next'
import { useScope } from '../../hooks/useScope.ts'
import { BookSettings } from './BookSettings.tsx'
import { FigureSettings } from './FigureSettings.tsx'
import { LookSettings } from './LookSettings.tsx'

/** How the app looks, speaks and writes, kept in this browser; and of the portfolio in view what its figures are counted in. */
export default function SettingsPage() {
  const { t } = useTranslation()
  const state = useScope()
  return (
    <>
      <section className="sec first">
        <div className="sec-head">
          <h2>{t('settings.figures')}</h2>
          <p>{t('settings.inBrowser')}</p>
        </div>
        <FigureSettings />
      </section>
      <section className="sec">
        <div className="sec-head">
          <h2>{t('settings.look')}</h2>
          <p>{t('settings.inBrowser')}</p>
        </div>
        <LookSettings />
      </section>
      {state.status === 'ready' ? <BookSettings portfolio={state.scope.portfolio} /> : null}
    </>
  )
}
