import { useTranslation } from 'react-i18next'
import { themeChosen } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import { Icon } from '../Icon.tsx'

export function ThemeButton() {
  const { t } = useTranslation()
  const dispatch = useStoreDispatch()
  const dark = useStoreState((state) => state.preferences.theme === 'dark')
  return (
    <button
      type="button"
      className="icon hide"
      aria-label={t(dark ? 'shell.theme.toLight' : 'shell.theme.toDark')}
      onClick={() => dispatch(themeChosen(dark ? 'light' : 'dark'))}
    >
      <Icon name={dark ? 'sun' : 'moon'} />
    </button>
  )
}
