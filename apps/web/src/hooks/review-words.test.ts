import { catalogues } from '@pe/i18n/catalogues.ts'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { figureFormat } from './figure-format.ts'
import { reviewWords } from './review-words.ts'

const german = createInstance()
await german.init({ lng: 'de', resources: { de: { translation: await catalogues.de() } }, interpolation: { escapeValue: false } })
const format = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '1' })

test.each([
  ['no-close', { name: 'Acme on Sea', date: '2026-11-02' }, 'kein Schlusskurs von Acme on Sea am 2. Nov. 2026'],
  ['no-rate', { name: 'USD/EUR', date: '2026-11-02' }, 'kein Wechselkurs USD/EUR am 2. Nov. 2026'],
  ['unit-too-dear', { date: '2026-11-02' }, 'am 2. Nov. 2026 kostet ein Stück mehr, als der Plan kauft'],
  ['asked', {}, 'ask the bank'],
] as const)('%s', (code, facts, words) => {
  expect(reviewWords({ code, facts, detail: 'ask the bank' }, german.t, format)).toBe(words)
})
