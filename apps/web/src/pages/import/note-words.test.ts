import { catalogues, type Language, languages } from '@pe/i18n/catalogues.ts'
import { importNoteCodes, mappingFields } from '@pe/sdk/imports.generated.ts'
import i18next from 'i18next'
import { expect, test } from 'vitest'
import { figureFormat } from '../../hooks/figure-format.ts'
import { noteWords, reasonWords } from './note-words.ts'
import { variantWords } from './variant-words.ts'

const format = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '2' })
const speak = async (language: Language) =>
  i18next.createInstance().init({
    lng: language,
    resources: { [language]: { translation: await catalogues[language]() } },
    interpolation: { escapeValue: false },
  })
const row = {
  row: 1,
  line: 2,
  state: 'error',
  becomes: null,
  draft: false,
  date: null,
  account: null,
  instrument: null,
  quantity: null,
  amount: null,
  currency: null,
  field: null,
  code: null,
  reason: null,
  note: null,
} as const

test.each(languages)('every note and every field of a mapping has words in %s', async (language) => {
  const t = await speak(language)
  const silent = importNoteCodes.filter((code) => noteWords({ code, facts: { count: '2' }, detail: '' }, t, format) === '')
  expect(silent).toEqual([])
  expect(noteWords({ code: 'unheard-of' as 'known', facts: {}, detail: 'its own words' }, t, format)).toBe('its own words')
  const fields = Object.values(mappingFields).flat()
  expect(fields.filter((field) => t(`import.field.${field}`, { defaultValue: '' }) === '')).toEqual([])
})

test('a note names its line, and one thing is not told as many', async () => {
  const t = await speak('de')
  const words = (code: Parameters<typeof noteWords>[0]['code'], facts: Record<string, string>) =>
    noteWords({ code, facts, detail: 'English' }, t, format)
  expect(words('other-side', { line: '412' })).toBe('die andere Seite von Zeile 412')
  expect(words('accounts-retired', { count: '1' })).toBe('1 Konto ist als inaktiv markiert; es wird importiert wie die anderen.')
  expect(words('accounts-retired', { count: '2' })).toBe('2 Konten sind als inaktiv markiert; sie werden importiert wie die anderen.')
})

test('what the book refuses is told by its code with its facts', async () => {
  const t = await speak('de')
  const facts = { date: '2026-03-02', account: 'Depot A', name: 'Apple', held: '5', leaving: '7.5' }
  const note = { code: 'not_enough_units', facts } as const
  expect(reasonWords({ ...row, code: 'not_enough_units', note, reason: 'English' }, t, format)).toBe(
    'Am 2. März 2026 hält Depot A 5 Stück Apple, abgehen sollen 7,5.',
  )
  expect(reasonWords({ ...row, code: 'same_account', reason: 'a transfer goes to another account' }, t, format)).toBe(
    'beide Seiten sind dasselbe Konto',
  )
  expect(reasonWords({ ...row, code: 'not_known_here', reason: 'its own words' }, t, format)).toBe('its own words')
})

test('the sort of a file is told in German, and one that is not known as the server tells it', async () => {
  const t = await speak('de')
  const words = (variantNote: Parameters<typeof variantWords>[0]['variantNote']) => variantWords({ variant: 'a new sort', variantNote }, t)
  expect(words({ code: 'table', facts: { count: '12', by: 'semicolon', encoding: 'utf-8' } })).toBe(
    '12 Spalten, getrennt durch Semikolon, utf-8',
  )
  expect(words({ code: 'relative', facts: { version: '60', container: 'ZIP' } })).toBe(
    'XML, Dateiversion 60, relative Verweise, in einem ZIP',
  )
  expect(words(null)).toBe('a new sort')
})
