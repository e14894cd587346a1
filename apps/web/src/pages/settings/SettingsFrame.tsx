import '../../styles/transactions.css'
import '../../styles/identity.css'
import '../../styles/settings.css'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet } from 'react-router'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { settingsOf } from '../../components/identity/settings-places.ts'
import { useView } from '../../hooks/useView.ts'
import { useMeQuery } from '../../services/identity-api.ts'

/** Settings of this browser, and of whoever is signed in. */
export default function SettingsFrame() {
  const { t } = useTranslation()
  const { search } = useView()
  const { data: me } = useMeQuery()
  return (
    <div className="settings">
      <div className="page-head">
        <h1>{t('settings.title')}</h1>
      </div>
      {me ? (
        <nav className="tabs" aria-label={t('settings.title')}>
          {settingsOf(me).map(({ path, words }) => (
            <NavLink key={path} to={`${path}${search}`} end>
              {t(words)}
            </NavLink>
          ))}
        </nav>
      ) : null}
      <Suspense fallback={<Skeleton chart={false} />}>
        <Outlet />
      </Suspense>
    </div>
  )
}
