import { describe, expect, it } from 'vitest'
import { digestOf } from '../sign-in/opaque-token.ts'
import { keyIdOf, keyPrefix, newKeyText, sameDigest } from './api-key-text.ts'

const id = '019aaf00-1234-7abc-8def-0123456789ab'

describe('the text of an API key', () => {
  it('names its id and holds 256 bits of chance', () => {
    const text = newKeyText(id, (size) => Buffer.alloc(size, 0xff))
    expect(text).toBe(`pe_019aaf0012347abc8def0123456789ab_${'_'.repeat(42)}8`)
    expect(text.startsWith(keyPrefix(id))).toBe(true)
    expect(keyIdOf(text)).toBe(id)
    expect(newKeyText(id)).not.toBe(newKeyText(id))
  })

  it.each([
    '',
    'pe_',
    `pe_${id}_x`,
    newKeyText(id).slice(0, -1),
    `${newKeyText(id)}x`,
    newKeyText(id).toUpperCase(),
    ` ${newKeyText(id)}`,
    `${newKeyText(id)}\n`,
  ])('is not %j', (text) => {
    expect(keyIdOf(text)).toBeUndefined()
  })

  it('is kept as a digest, by which it is known again', () => {
    // FIPS 180-2, appendix B.1
    expect(digestOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sameDigest(digestOf('a'), digestOf('a'))).toBe(true)
    expect(sameDigest(digestOf('a'), digestOf('b'))).toBe(false)
    expect(sameDigest(digestOf('a'), '')).toBe(false)
  })
})
