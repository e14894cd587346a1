import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useView } from '../../../hooks/useView.ts'
import { useAboutQuery } from '../../../services/portfolio-api.ts'
import { railToggled } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import { Icon, Mark } from '../Icon.tsx'
import { places } from './places.ts'

/** The left rail: the places that exist, and at its foot whose data this is. */
export function Rail() {
  const { t } = useTranslation()
  const { search } = useView()
  const dispatch = useStoreDispatch()
  const closed = useStoreState((state) => state.preferences.railClosed)
  const about = useAboutQuery().data
  return (
    <aside className="rail no-phone">
      <NavLink className="brand" to={`/${search}`} aria-label={t('shell.product')}>
        <Mark />
        <span className="words">{t('shell.product')}</span>
      </NavLink>
      {(['portfolio', 'book', 'app'] as const).map((group) => (
        <nav className="nav" key={group} aria-label={t(`shell.places.${group}`)}>
          {group === 'book' ? <b className="words">{t('shell.places.book')}</b> : null}
          {places
            .filter((place) => place.group === group)
            .map((place) => (
              <NavLink
                key={place.path}
                to={`${place.path}${search}`}
                end={place.path === '/'}
                {...(closed ? { title: t(`shell.places.${place.name}`) } : {})}
              >
                <Icon name={place.icon} />
                <span className="words">{t(`shell.places.${place.name}`)}</span>
              </NavLink>
            ))}
        </nav>
      ))}
      <div className="rail-foot">
        {about?.demo ? (
          <span className="demo words" title={t('shell.demoHint')}>
            {t('shell.demo')}
          </span>
        ) : null}
        {about ? <span className="words">{t('shell.version', { version: about.version })}</span> : null}
        <button
          type="button"
          className="icon fold"
          aria-label={t(closed ? 'shell.rail.open' : 'shell.rail.close')}
          aria-expanded={!closed}
          onClick={() => dispatch(railToggled())}
        >
          <Icon name="rail" />
        </button>
      </div>
    </aside>
  )
}
