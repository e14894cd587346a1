import '../../styles/transactions.css'
import '../../styles/identity.css'
import '../../styles/settings.css'
import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useLocation } from 'react-router'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { settingsOf } from '../../components/identity/settings-places.ts'
import { useView } from '../../hooks/useView.ts'
import { useMeQuery } from '../../services/identity-api.ts'

/** Settings of this browser, and of whoever is signed in. */
export default function SettingsFrame() {
  const { t } = useTranslation()
  const { search } = useView()
  const { data: me } = useMeQuery()
  const tabs = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: which place is current changes with the path, and they come with `me`
  useEffect(() => {
    const current = tabs.current?.querySelector<HTMLElement>('[aria-current]')
    if (tabs.current && current) tabs.current.scrollLeft = current.offsetLeft - tabs.current.offsetLeft - 48
  }, [pathname, me])
  return (
    <div className="settings">
      <div className="page-head">
        <h1>{t('settings.title')}</h1>
      </div>
      {me ? (
        <nav className="tabs" ref={tabs} aria-label={t('settings.title')}>
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
