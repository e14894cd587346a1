import { de } from '@pe/i18n/de.ts'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { figureFormat } from './figure-format.ts'
import { warningWords } from './warning-words.ts'

const german = createInstance()
await german.init({ lng: 'de', resources: { de: { translation: de } }, interpolation: { escapeValue: false } })
const format = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '1' })
const words = (code: string, detail: string) => warningWords({ code, detail }, german.t, format)

test('a warning is said in German with its facts', () => {
  expect(words('stale-close', 'The last close of Acme AG is of 2026-01-05; it is carried forward.')).toMatch(
    /^Der letzte Kurs von Acme AG ist vom .*2026; er wird fortgeschrieben\.$/,
  )
  expect(words('missing-rate', 'There is no rate from USD to EUR on or before 2026-01-05.')).toMatch(/^Für USD\/EUR gibt es am .*2026/)
  expect(words('undefined-days', '3 days began with nothing and yet gained or lost; they count as 0 %.')).toMatch(/^3 Tage begannen/)
})

test('days that are unknown are named', () => {
  const detail = 'There is no close of Acme on or before 2026-01-05: the values of 2026-01-02 to 2026-01-05 are unknown.'
  expect(words('missing-close', detail)).toMatch(/keinen Kurs\. Die Werte vom .* bis .* sind unbekannt\.$/)
})

test('what is not known keeps the words of the server', () => {
  expect(words('something-new', 'A new thing happened.')).toBe('A new thing happened.')
  expect(words('stale-close', 'Another sentence.')).toBe('Another sentence.')
})
