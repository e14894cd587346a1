import { catalogues } from '@pe/i18n/catalogues.ts'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { figureFormat } from './figure-format.ts'
import { reviewWords } from './review-words.ts'

const german = createInstance()
await german.init({ lng: 'de', resources: { de: { translation: await catalogues.de() } }, interpolation: { escapeValue: false } })
const format = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '1' })

test.each([
  ['no close of Acme on Sea on 2026-11-02', 'kein Schlusskurs von Acme on Sea am 2. Nov. 2026'],
  ['a unit costs more than the plan buys for on 2026-11-02', 'am 2. Nov. 2026 kostet ein Stück mehr, als der Plan kauft'],
  ['ask the bank', 'ask the bank'],
])('%s', (reason, words) => {
  expect(reviewWords(reason, german.t, format)).toBe(words)
})
