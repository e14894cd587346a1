import type { en } from './en.ts'

/** What every language says: the shape of the English catalogue. */
export type Catalogue = typeof en

/** Language tag to catalogue, each loaded when it is first asked for. */
export const catalogues = {
  en: async (): Promise<Catalogue> => (await import('./en.ts')).en,
  de: async (): Promise<Catalogue> => (await import('./de.ts')).de,
} as const

export type Language = keyof typeof catalogues
export const languages = Object.keys(catalogues) as readonly Language[]

/** The locale by which numbers and days are written: English with the day first. */
export const localeOf: Record<Language, string> = { en: 'en-GB', de: 'de-DE' }

/** The first of the wanted languages ('de-AT', 'fr') that we speak; English when none. */
export function spokenLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = languages.find((known) => tag.toLowerCase().split('-')[0] === known)
    if (language) return language
  }
  return 'en'
}
