import Drawer from '@mui/material/Drawer'
import { currencies } from '@pe/finance/money/currency.ts'
import { languages } from '@pe/i18n/catalogues.ts'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import type { Scope } from '../../../hooks/useScope.ts'
import { useView } from '../../../hooks/useView.ts'
import { useMeQuery } from '../../../services/identity-api.ts'
import { languageChosen } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import Themed from '../../../styles/Themed.tsx'
import { useSignOut } from '../../identity/useSignOut.ts'
import { Icon } from '../Icon.tsx'
import { SignsChoice, ThemeChoice } from '../LookChoices.tsx'
import { Segments } from '../Segments.tsx'
import { OwnPeriodForm } from './OwnPeriod.tsx'
import { inBar, places } from './places.ts'

/** On a phone, what has no room in the bar: how figures are asked for, and how the app looks and speaks. */
export default function MoreSheet({ scope, close }: { scope: Scope | null; close: () => void }) {
  const { t } = useTranslation()
  const title = t('shell.more')
  return (
    <Themed>
      <Drawer anchor="bottom" open onClose={close} slotProps={{ paper: { className: 'drawer', role: 'dialog', 'aria-label': title } }}>
        <header>
          <h2>{title}</h2>
          <button type="button" className="icon" aria-label={t('shell.close')} onClick={close}>
            <Icon name="cross" />
          </button>
        </header>
        <div className="in more">
          <Elsewhere close={close} />
          {scope ? <Question scope={scope} close={close} /> : null}
          <Looks />
          <Person close={close} />
        </div>
      </Drawer>
    </Themed>
  )
}

/** The places that the bar has no room for. */
function Elsewhere({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { search } = useView()
  return (
    <nav className="elsewhere" aria-label={t('shell.elsewhere')}>
      {places
        .filter(({ name }) => !inBar.has(name))
        .map((place) => (
          <NavLink key={place.path} className="btn" to={`${place.path}${search}`} onClick={close}>
            <Icon name={place.icon} small />
            {t(`shell.places.${place.name}`)}
          </NavLink>
        ))}
    </nav>
  )
}

/** What stands in the address: currency, return kind, own dates. */
function Question({ scope, close }: { scope: Scope; close: () => void }) {
  const { t, i18n } = useTranslation()
  const { view, change } = useView()
  const id = useId()
  const base = scope.portfolio.baseCurrency
  const names = new Intl.DisplayNames(i18n.language, { type: 'currency', fallback: 'code' })
  const others = currencies.filter((code) => code !== base)
  return (
    <>
      <div className="more-row">
        <label htmlFor={id}>{t('shell.currency.label')}</label>
        <select
          id={id}
          className="input"
          value={scope.currency}
          onChange={({ target }) => change({ currency: target.value === base ? null : target.value })}
        >
          {[base, ...others].map((code) => (
            <option key={code} value={code}>
              {[code, code === base ? t('shell.currency.base') : names.of(code)].join(' · ')}
            </option>
          ))}
        </select>
      </div>
      <Row words={t('shell.returnKind.label')} hint={t(`shell.returnKind.${view.returnKind}Means`)}>
        <Segments
          label={t('shell.returnKind.label')}
          value={view.returnKind}
          choices={(['twr', 'irr'] as const).map((value) => ({ value, words: t(`shell.returnKind.${value}`) }))}
          onChoose={(kind) => change({ return: kind === 'twr' ? null : kind })}
        />
      </Row>
      <section className="own-dates">
        <h3>{t('shell.period.own')}</h3>
        <OwnPeriodForm scope={scope} close={close} />
      </section>
    </>
  )
}

/** What this browser keeps: theme, language, the colours of gains and losses. */
function Looks() {
  const { t } = useTranslation()
  const dispatch = useStoreDispatch()
  const language = useStoreState((state) => state.preferences.language)
  return (
    <>
      <Row words={t('shell.theme.label')}>
        <ThemeChoice />
      </Row>
      <Row words={t('shell.language.label')}>
        <Segments
          label={t('shell.language.label')}
          value={language}
          choices={languages.map((value) => ({ value, words: t(`shell.language.${value}`) }))}
          onChoose={(value) => dispatch(languageChosen(value))}
        />
      </Row>
      <Row words={t('shell.signs.label')}>
        <SignsChoice />
      </Row>
    </>
  )
}

/** Who is signed in, and out. */
function Person({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { search } = useView()
  const { data: me } = useMeQuery()
  const signOut = useSignOut()
  if (!me) return null
  return (
    <Row words={me.name} hint={`${me.email} · ${t(`identity.role.${me.role}`)}`}>
      <span className="row-acts">
        <NavLink className="btn" to={`/settings/me${search}`} onClick={close}>
          {t('identity.places.me')}
        </NavLink>
        <button type="button" className="btn" onClick={signOut}>
          {t('identity.signOut')}
        </button>
      </span>
    </Row>
  )
}

function Row({ words, hint, children }: { words: string; hint?: string; children: ReactNode }) {
  return (
    <div className="more-row">
      <span aria-hidden="true">{words}</span>
      {children}
      {hint ? <small className="muted">{hint}</small> : null}
    </div>
  )
}
