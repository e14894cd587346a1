import { localeOf } from '@pe/i18n/catalogues.ts'
import { useMemo } from 'react'
import type { DecimalSign } from '../store/preferences.ts'
import { useStoreState } from '../store/store.ts'
import { type FigureFormat, figureFormat } from './figure-format.ts'

/** A locale that writes numbers with that sign. */
const localeWith: Record<Exclude<DecimalSign, 'language'>, string> = { point: 'en-GB', comma: 'de-DE' }

/** How this person reads figures: by language and decimal sign, with amounts shown, masked or scrambled. */
export function useFormat(): FigureFormat {
  const language = useStoreState((state) => state.preferences.language)
  const decimalSign = useStoreState((state) => state.preferences.decimalSign)
  const privacy = useStoreState((state) => state.preferences.privacy)
  const scrambleFactor = useStoreState((state) => state.preferences.scrambleFactor)
  return useMemo(() => {
    const locale = localeOf[language]
    return figureFormat({ locale, numberLocale: decimalSign === 'language' ? locale : localeWith[decimalSign], privacy, scrambleFactor })
  }, [language, decimalSign, privacy, scrambleFactor])
}
