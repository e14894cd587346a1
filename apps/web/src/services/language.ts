import { catalogues, type Language } from '@pe/i18n/catalogues.ts'
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'

/** The words of one language, loaded before they are first asked for. */
export async function speak(language: Language): Promise<i18n> {
  if (!i18next.isInitialized)
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: 'en',
      resources: { [language]: { translation: await catalogues[language]() } },
      interpolation: { escapeValue: false },
      react: { transSupportBasicHtmlNodes: true, transKeepBasicHtmlNodesFor: ['b'] },
    })
  else {
    if (!i18next.hasResourceBundle(language, 'translation'))
      i18next.addResourceBundle(language, 'translation', await catalogues[language]())
    await i18next.changeLanguage(language)
  }
  return i18next
}
