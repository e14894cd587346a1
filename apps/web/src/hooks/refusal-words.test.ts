import { catalogues, languages } from '@pe/i18n/catalogues.ts'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { figureFormat } from './figure-format.ts'
import { refusalWords } from './refusal-words.ts'

const german = createInstance()
await german.init({ lng: 'de', resources: { de: { translation: await catalogues.de() } }, interpolation: { escapeValue: false } })
const format = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '1' })
const detail = 'English'

test('a sale beyond the position is told with its facts, no word of it English', () => {
  const facts = { date: '2026-01-05', account: 'My Depot', name: 'Acme on Sea', held: '5', leaving: '999999' }
  expect(refusalWords({ code: 'not_enough_units', facts, detail }, german.t, format)).toBe(
    'Am 5. Jan. 2026 hält My Depot 5 Stück Acme on Sea, abgehen sollen 999\u00a0999.',
  )
})

test('one code of several sentences is told by its case', () => {
  const words = (facts: Record<string, string>) => refusalWords({ code: 'lots_do_not_match', facts, detail }, german.t, format)
  expect(words({ case: 'twice' })).toBe('Ein Posten ist zweimal gewählt.')
  expect(words({ case: 'too-few', date: '2026-01-05', held: '2', chosen: '3.5' })).toBe(
    'Am 5. Jan. 2026 hat der Posten 2 Stück, gewählt sind 3,5.',
  )
  expect(words({ case: 'of-a-newer-server' })).toBe('Die gewählten Posten passen nicht: English')
})

test('kinds and fields go by their names in the forms', () => {
  const facts = { kind: 'buy', field: 'quantity' }
  expect(refusalWords({ code: 'field_missing', facts, detail }, german.t, format)).toBe('Kauf braucht noch: Stück.')
})

test('a refusal without facts, and a code of a newer server, stay readable', () => {
  expect(refusalWords({ code: 'not_enough_units', detail: 'too few' }, german.t, format)).toBe('Das ist mehr, als das Konto hält: too few')
  expect(refusalWords({ code: 'unheard_of', facts: { date: '2026-01-05' }, detail: 'its own words' }, german.t, format)).toBe(
    'its own words',
  )
})

test.each(languages)('words told with facts need no English sentence in %s', async (language) => {
  const { problem } = await catalogues[language]()
  for (const words of Object.values(problem.told)) expect(words).not.toContain('{{detail}}')
})
