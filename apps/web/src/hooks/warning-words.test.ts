import { de } from '@pe/i18n/de.ts'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { figureFormat } from './figure-format.ts'
import { warningWords } from './warning-words.ts'

const german = createInstance()
await german.init({ lng: 'de', resources: { de: { translation: de } }, interpolation: { escapeValue: false } })
const format = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '1' })
const words = (code: string, facts: Record<string, string>, detail = 'English') => warningWords({ code, facts, detail }, german.t, format)

test('a warning is said in German with its facts', () => {
  expect(words('stale-close', { name: 'Acme AG', date: '2026-01-05' })).toMatch(
    /^Der letzte Kurs von Acme AG ist vom .*2026; er wird fortgeschrieben\.$/,
  )
  expect(words('missing-rate', { name: 'USD/EUR', date: '2026-01-05' })).toMatch(/^Für USD\/EUR gibt es am .*2026/)
  expect(words('undefined-days', { count: '3' })).toMatch(/^3 Tage begannen/)
})

test('days that are unknown are named', () => {
  const facts = { name: 'Acme', date: '2026-01-05', firstDay: '2026-01-02', lastDay: '2026-01-05' }
  expect(words('missing-close', facts)).toMatch(/keinen Kurs\. Die Werte vom .* bis .* sind unbekannt\.$/)
})

test('what is not known keeps the words of the server', () => {
  expect(words('something-new', { name: 'Acme', firstDay: '2026-01-02', lastDay: '2026-01-05' }, 'A new thing happened.')).toBe(
    'A new thing happened.',
  )
  expect(words('stale-close', {}, 'Another sentence.')).toBe('Another sentence.')
})
