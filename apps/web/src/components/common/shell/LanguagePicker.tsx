import { languages } from '@pe/i18n/catalogues.ts'
import { useTranslation } from 'react-i18next'
import { languageChosen } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import { Choice, Picker } from '../Picker.tsx'

export function LanguagePicker() {
  const { t } = useTranslation()
  const dispatch = useStoreDispatch()
  const language = useStoreState((state) => state.preferences.language)
  return (
    <Picker
      label={`${t('shell.language.label')}: ${language.toUpperCase()}`}
      value={language.toUpperCase()}
      className="avatar"
      width={180}
      iconless
    >
      {(close) => (
        <ul>
          {languages.map((known) => (
            <Choice
              key={known}
              chosen={known === language}
              onChoose={() => {
                dispatch(languageChosen(known))
                close()
              }}
            >
              {t(`shell.language.${known}`)}
            </Choice>
          ))}
        </ul>
      )}
    </Picker>
  )
}
