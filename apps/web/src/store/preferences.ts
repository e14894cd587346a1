import { type Language, spokenLanguage } from '@pe/i18n/catalogues.ts'
import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { Privacy } from '../hooks/figure-format.ts'

export type Theme = 'light' | 'dark'
export type Signs = 'green-red' | 'blue-orange'
export const decimalSigns = ['language', 'point', 'comma'] as const
export type DecimalSign = (typeof decimalSigns)[number]
export const densities = ['compact', 'regular', 'touch'] as const
export type Density = (typeof densities)[number]

/** What a person chose for this browser; what a link should carry stands in the address instead (hooks/useView.ts). */
export interface Preferences {
  readonly theme: Theme
  readonly signs: Signs
  readonly language: Language
  /** Of numbers, written and typed: as the language has it, unless chosen. */
  readonly decimalSign: DecimalSign
  /** How high the rows of tables are. */
  readonly density: Density
  /** In which month a tax year begins: 1 is January. The book has no place for it: it changes no figure but the years of gains. */
  readonly firstMonth: number
  readonly privacy: Privacy
  readonly scrambleFactor: string
  readonly railClosed: boolean
  readonly singleKeys: boolean
}

const storageKey = 'preferences'
const privacyOrder: readonly Privacy[] = ['shown', 'masked', 'scrambled']

/** Between a third and three, to two places: far enough to mislead an onlooker, near enough to look real. */
export function scrambleFactor(chance: number): string {
  return (0.34 + chance * 2.5).toFixed(2)
}

export const preferencesSlice = createSlice({
  name: 'preferences',
  initialState: kept,
  reducers: {
    themeChosen: (state, action: PayloadAction<Theme>) => ({ ...state, theme: action.payload }),
    signsChosen: (state, action: PayloadAction<Signs>) => ({ ...state, signs: action.payload }),
    decimalSignChosen: (state, action: PayloadAction<DecimalSign>) => ({ ...state, decimalSign: action.payload }),
    densityChosen: (state, action: PayloadAction<Density>) => ({ ...state, density: action.payload }),
    firstMonthChosen: (state, action: PayloadAction<number>) => ({ ...state, firstMonth: action.payload }),
    languageChosen: (state, action: PayloadAction<Language>) => ({ ...state, language: action.payload }),
    privacyChosen: (state, action: PayloadAction<Privacy>) => ({ ...state, privacy: action.payload }),
    privacyStepped: (state) => ({
      ...state,
      privacy: privacyOrder[(privacyOrder.indexOf(state.privacy) + 1) % privacyOrder.length] ?? 'shown',
    }),
    railToggled: (state) => ({ ...state, railClosed: !state.railClosed }),
    singleKeysToggled: (state) => ({ ...state, singleKeys: !state.singleKeys }),
  },
})

export const {
  decimalSignChosen,
  densityChosen,
  firstMonthChosen,
  themeChosen,
  signsChosen,
  languageChosen,
  privacyChosen,
  privacyStepped,
  railToggled,
  singleKeysToggled,
} = preferencesSlice.actions

/** What this browser kept, else the system's choices. */
function kept(): Preferences {
  const system: Preferences = {
    theme: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
    signs: 'green-red',
    language: spokenLanguage(navigator.languages ?? []),
    decimalSign: 'language',
    density: 'regular',
    firstMonth: 1,
    privacy: 'shown',
    scrambleFactor: scrambleFactor(Math.random()),
    railClosed: false,
    singleKeys: true,
  }
  try {
    const read: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return { ...system, ...(typeof read === 'object' ? read : {}), theme: system.theme }
  } catch {
    return system
  }
}

/** Keeps them in this browser and shows theme and signs on the page. */
export function keepPreferences(preferences: Preferences): void {
  document.documentElement.dataset.theme = preferences.theme
  document.documentElement.lang = preferences.language
  document.documentElement.dataset.density = preferences.density
  if (preferences.signs === 'blue-orange') document.documentElement.dataset.signs = 'blue-orange'
  else delete document.documentElement.dataset.signs
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences))
  } catch {
    // a private window keeps nothing
  }
}
