import { instantOf } from '@pe/finance/time/instant.ts'
import { describe, expect, it } from 'vitest'
import { base32 } from './base32.ts'
import { authenticatorUri, codeOf, stepAt, stepOfCode } from './totp.ts'

// RFC 6238, appendix B: the last six of its eight digits.
const seed = Buffer.from('12345678901234567890')
const ofTheRfc = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
] as const

describe('codes of an authenticator', () => {
  it('are those of RFC 6238', () => {
    for (const [seconds, code] of ofTheRfc) expect(codeOf(seed, stepAt(instantOf(seconds * 1000)))).toBe(code)
  })

  it('are good in their step, the one before and the one after, and tell which', () => {
    const now = instantOf(1234567890_000)
    const today = stepAt(now)
    for (const step of [today - 1, today, today + 1]) expect(stepOfCode(seed, codeOf(seed, step), now)).toBe(step)
    for (const step of [today - 2, today + 2]) expect(stepOfCode(seed, codeOf(seed, step), now)).toBeNull()
    for (const code of ['', '00592', '0059244', '005924 ', '００５９２４', '٠٠٥٩٢٤']) expect(stepOfCode(seed, code, now)).toBeNull()
  })
})

it('base32 is that of RFC 4648', () => {
  const pairs = [
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const
  for (const [text, coded] of pairs) expect(base32(Buffer.from(text))).toBe(coded)
})

it('a URI tells an authenticator all it needs', () => {
  expect(authenticatorUri(Buffer.from('foobar'), 'a+b@example.org')).toBe(
    'otpauth://totp/PortfolioEngine:a%2Bb%40example.org?secret=MZXW6YTBOI&issuer=PortfolioEngine&algorithm=SHA1&digits=6&period=30',
  )
})
