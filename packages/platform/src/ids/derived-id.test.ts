import { expect, test } from 'vitest'
import { derivedId } from './derived-id.ts'

test('a part of something keeps its id, and it is the one that RFC 9562 gives', () => {
  // Appendix A.4: the name www.example.com in the namespace of DNS.
  expect(derivedId('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
  const event = '01900000-0000-7000-8000-00000000aaaa'
  expect(derivedId(event, 'income')).toBe(derivedId(event, 'income'))
  expect(derivedId(event, 'income')).not.toBe(derivedId(event, 'purchase'))
})
