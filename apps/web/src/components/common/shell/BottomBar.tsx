import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useView } from '../../../hooks/useView.ts'
import { Icon } from '../Icon.tsx'
import { inBar, places } from './places.ts'

/** The places, within reach of a thumb. */
export function BottomBar() {
  const { t } = useTranslation()
  const { search } = useView()
  return (
    <nav className="bottom" aria-label={t('shell.navigation')}>
      {places
        .filter(({ name }) => inBar.has(name))
        .map((place) => (
          <NavLink key={place.path} to={`${place.path}${search}`} end={place.path === '/'}>
            <Icon name={place.icon} />
            {t(`shell.places.${place.name}`)}
          </NavLink>
        ))}
    </nav>
  )
}
