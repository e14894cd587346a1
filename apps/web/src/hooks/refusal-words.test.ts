import { catalogues } from '@pe/i18n/catalogues.ts'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { figureFormat } from './figure-format.ts'
import { refusalWords } from './refusal-words.ts'

const german = createInstance()
await german.init({ lng: 'de', resources: { de: { translation: await catalogues.de() } }, interpolation: { escapeValue: false } })
const format = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '1' })

test('a sale beyond the position is told with its facts, no word of it English', () => {
  const detail = 'on 2026-01-05 account My Depot holds 5 of instrument Acme on Sea, but 999999 are sold'
  expect(refusalWords({ code: 'not_enough_units', detail }, german.t, format)).toBe(
    'Am 5. Jan. 2026 hält My Depot 5 Stück Acme on Sea, abgehen sollen 999\u00a0999.',
  )
})

test('another sentence of the same code, and a code of a newer server, stay readable', () => {
  expect(refusalWords({ code: 'not_enough_units', detail: 'too few' }, german.t, format)).toBe('Das ist mehr, als das Konto hält: too few')
  expect(refusalWords({ code: 'unheard_of', detail: 'its own words' }, german.t, format)).toBe('its own words')
})
