import { languages } from '@pe/i18n/catalogues.ts'
import { useTranslation } from 'react-i18next'
import { languageChosen } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import { Choice } from '../Picker.tsx'

/** The languages there are, in a menu. */
export function LanguageChoices({ className, close }: { readonly className?: string; readonly close: () => void }) {
  const { t } = useTranslation()
  const dispatch = useStoreDispatch()
  const language = useStoreState((state) => state.preferences.language)
  return (
    <ul className={className}>
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
  )
}
