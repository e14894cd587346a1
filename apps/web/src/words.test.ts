import { readdirSync, readFileSync } from 'node:fs'
import { de } from '@pe/i18n/de.ts'
import { en } from '@pe/i18n/en.ts'
import { expect, test } from 'vitest'

const source = `${import.meta.dirname}/`
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))

function said(catalogue: object, key: string): boolean {
  const parts = key.split('.')
  const last = parts.pop() ?? ''
  const node = parts.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
    catalogue,
  )
  if (typeof node !== 'object' || node === null) return false
  return [last, `${last}_one`, `${last}_other`].some((name) => typeof (node as Record<string, unknown>)[name] === 'string')
}

test('every key that a screen asks for is said in English and German', () => {
  const keys = files.flatMap((name) =>
    [...readFileSync(`${source}${name}`, 'utf8').matchAll(/\bt\(\s*'([a-z]\w*(?:\.[\w-]+)+)'|words="([a-z]\w*(?:\.[\w-]+)+)"/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    ),
  )
  expect(keys.length).toBeGreaterThan(100)
  expect([...new Set(keys)].filter((key) => !said(en, key) || !said(de, key))).toEqual([])
})

test('one thing has one word in German: a transaction is a Buchung, its past the Verlauf', () => {
  expect(JSON.stringify(de).match(/Umsatz|Umsätz|Histori/g)).toBeNull()
})
