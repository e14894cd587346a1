import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useNavigate } from 'react-router'
import { useDropGuard } from '../../../hooks/useDropGuard.ts'
import { useScope } from '../../../hooks/useScope.ts'
import { useView } from '../../../hooks/useView.ts'
import { stepped } from '../../../hooks/view.ts'
import { useAboutQuery } from '../../../services/portfolio-api.ts'
import { privacyStepped } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import { ExplainDrawer } from '../explain/ExplainDrawer.tsx'
import { Toasts } from '../Toasts.tsx'
import { Skeleton } from '../Waiting.tsx'
import { BottomBar } from './BottomBar.tsx'
import { KnownMark } from './KnownMark.tsx'
import { PeriodChips } from './PeriodChips.tsx'
import { places } from './places.ts'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { withNew } from './useCommands.ts'
import { type Keys, useKeys } from './useKeys.ts'

const Palette = lazy(() => import('./Palette.tsx'))
const Shortcuts = lazy(() => import('./Shortcuts.tsx'))

/** What stands on every screen; the place itself is the outlet. */
export function Shell() {
  return (
    <Toasts>
      <ExplainDrawer>
        <Frame />
      </ExplainDrawer>
    </Toasts>
  )
}

function Frame() {
  const { t } = useTranslation()
  useDropGuard()
  const [searching, setSearching] = useState(false)
  const [sheet, setSheet] = useState(false)
  const railClosed = useStoreState((state) => state.preferences.railClosed)
  const scrambled = useStoreState((state) => state.preferences.privacy === 'scrambled')
  const singleKeys = useStoreState((state) => state.preferences.singleKeys)
  const demo = useAboutQuery().data?.demo === true
  useKeys(
    useShellKeys(
      () => setSearching(true),
      () => setSheet(true),
    ),
    singleKeys,
  )
  return (
    <>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <div className={railClosed ? 'frame narrow' : 'frame'}>
        <Rail />
        <div className="room">
          <TopBar onSearch={() => setSearching(true)} />
          <div className="periods only-phone">
            <PeriodChips />
          </div>
          {demo ? (
            <p className="only-phone demo-line">
              <span className="demo">{t('shell.demoHint')}</span>
            </p>
          ) : null}
          <main className="page" id="content" tabIndex={-1}>
            {scrambled ? <p className="note calm scrambled">{t('shell.privacy.note')}</p> : null}
            <KnownMark />
            <Suspense fallback={<Skeleton />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </div>
      <BottomBar />
      <Suspense>
        {searching ? <Palette close={() => setSearching(false)} openShortcuts={() => setSheet(true)} /> : null}
        {sheet ? <Shortcuts close={() => setSheet(false)} /> : null}
      </Suspense>
    </>
  )
}

function useShellKeys(openPalette: () => void, openSheet: () => void): Keys {
  const navigate = useNavigate()
  const dispatch = useStoreDispatch()
  const { change, search } = useView()
  const state = useScope()
  const step = (way: -1 | 1) => () => {
    if (state.status !== 'ready') return
    const { view, today, portfolio } = state.scope
    const span = stepped(view, today, portfolio.firstDay as typeof today | null, way)
    if (span) change({ from: span.from, to: span.to, period: null })
  }
  return {
    'mod+k': openPalette,
    '/': openPalette,
    '?': openSheet,
    '.': () => dispatch(privacyStepped()),
    '[': step(-1),
    ']': step(1),
    t: () => change({ from: null, to: null }),
    n: () => navigate(`/transactions${withNew(search)}`),
    ...Object.fromEntries(places.map((place) => [`g ${place.key}`, () => navigate(`${place.path}${search}`)])),
  }
}
