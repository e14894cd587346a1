import { useTranslation } from 'react-i18next'
import { signsChosen, themeChosen } from '../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../store/store.ts'
import { Segments } from './Segments.tsx'

export function ThemeChoice() {
  const { t } = useTranslation()
  const dispatch = useStoreDispatch()
  const theme = useStoreState((state) => state.preferences.theme)
  return (
    <Segments
      label={t('shell.theme.label')}
      value={theme}
      choices={(['light', 'dark'] as const).map((value) => ({ value, words: t(`shell.theme.${value}`) }))}
      onChoose={(value) => dispatch(themeChosen(value))}
    />
  )
}

/** The colours of what rises and falls. */
export function SignsChoice() {
  const { t } = useTranslation()
  const dispatch = useStoreDispatch()
  const signs = useStoreState((state) => state.preferences.signs)
  return (
    <Segments
      label={t('shell.signs.label')}
      value={signs}
      choices={[
        { value: 'green-red', words: t('shell.signs.greenRed') },
        { value: 'blue-orange', words: t('shell.signs.blueOrange') },
      ]}
      onChoose={(value) => dispatch(signsChosen(value))}
    />
  )
}
