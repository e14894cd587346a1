import { useTranslation } from 'react-i18next'
import { useStoreState } from '../../../store/store.ts'
import { Picker } from '../Picker.tsx'
import { LanguageChoices } from './LanguageChoices.tsx'

export function LanguagePicker() {
  const { t } = useTranslation()
  const language = useStoreState((state) => state.preferences.language)
  return (
    <Picker
      label={`${t('shell.language.label')}: ${language.toUpperCase()}`}
      value={language.toUpperCase()}
      className="avatar"
      width={180}
      iconless
    >
      {(close) => <LanguageChoices close={close} />}
    </Picker>
  )
}
