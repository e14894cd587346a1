import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useScope } from '../../../hooks/useScope.ts'
import { useMeQuery } from '../../../services/identity-api.ts'
import { UserMenu } from '../../identity/UserMenu.tsx'
import { Icon } from '../Icon.tsx'
import { CurrencyPicker } from './CurrencyPicker.tsx'
import { LanguagePicker } from './LanguagePicker.tsx'
import { OwnPeriod } from './OwnPeriod.tsx'
import { PeriodChips } from './PeriodChips.tsx'
import { PrivacyEye } from './PrivacyEye.tsx'
import { ReturnKindPicker } from './ReturnKindPicker.tsx'
import { ScopePicker } from './ScopePicker.tsx'
import { ThemeButton } from './ThemeButton.tsx'

const MoreSheet = lazy(() => import('./MoreSheet.tsx'))

/** Left: what is shown, all of it in the address. Right: how. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation()
  const state = useScope()
  const { data: me } = useMeQuery()
  const [more, setMore] = useState(false)
  const scope = state.status === 'ready' ? state.scope : null
  return (
    <header className="top">
      {scope ? <ScopePicker scope={scope} /> : <span className="pick">{state.status === 'empty' ? t('shell.scope.none') : ''}</span>}
      <hr />
      <div className="hide chips-room">
        <PeriodChips />
      </div>
      {scope ? <OwnPeriod scope={scope} /> : null}
      {scope ? (
        <>
          <hr />
          <CurrencyPicker scope={scope} />
          <ReturnKindPicker />
        </>
      ) : null}
      <div className="end">
        <PrivacyEye />
        <button
          type="button"
          className="icon"
          aria-label={t('shell.search.label')}
          title={`${t('shell.search.label')} ( ⌘K )`}
          onClick={onSearch}
        >
          <Icon name="search" />
        </button>
        <ThemeButton />
        <span className="hide">{me ? <UserMenu me={me} /> : <LanguagePicker />}</span>
        <span className="only-phone">
          <button type="button" className="icon" aria-label={t('shell.more')} aria-haspopup="dialog" onClick={() => setMore(true)}>
            <Icon name="more" />
          </button>
        </span>
        {more ? (
          <Suspense>
            <MoreSheet scope={scope} close={() => setMore(false)} />
          </Suspense>
        ) : null}
      </div>
    </header>
  )
}
