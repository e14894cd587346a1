import { localeOf } from '@pe/i18n/catalogues.ts'
import { useMemo } from 'react'
import { useStoreState } from '../store/store.ts'
import { type FigureFormat, figureFormat } from './figure-format.ts'

/** How this person reads figures: by language, with amounts shown, masked or scrambled. */
export function useFormat(): FigureFormat {
  const language = useStoreState((state) => state.preferences.language)
  const privacy = useStoreState((state) => state.preferences.privacy)
  const scrambleFactor = useStoreState((state) => state.preferences.scrambleFactor)
  return useMemo(() => figureFormat({ locale: localeOf[language], privacy, scrambleFactor }), [language, privacy, scrambleFactor])
}
