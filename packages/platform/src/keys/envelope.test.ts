import { describe, expect, it } from 'vitest'
import { envelope } from './envelope.ts'
import { keysFrom } from './key-file.ts'

const [first, second] = [keysFrom(Buffer.alloc(32, 1)), keysFrom(Buffer.alloc(32, 2))]
const secret = 'JBSWY3DPEHPK3PXP – ü'
const place = 'auth|authenticator|0190'

describe('a sealed secret', () => {
  it('is opened again where it belongs, and nowhere else', () => {
    const sealed = envelope(first).seal(secret, place)
    expect(envelope(first).open(sealed, place)).toBe(secret)
    expect(() => envelope(first).open(sealed, 'auth|authenticator|0191')).toThrow('belongs elsewhere')
    expect(sealed).not.toContain('JBSW')
    expect(sealed).not.toContain(Buffer.from(secret).toString('base64url').slice(0, 8))
  })

  it('is never sealed twice in the same way', () => {
    const { seal } = envelope(first)
    expect(new Set(Array.from({ length: 100 }, () => seal(secret, place))).size).toBe(100)
  })

  it('does not open when any one character of it was changed', () => {
    const { seal, open } = envelope(first)
    const sealed = seal(secret, place)
    for (let at = 0; at < sealed.length; at += 1) {
      // The last character of a part may hold bits that say nothing: another one there can be the same bytes.
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'w' : 'A') + sealed.slice(at + 1)
      const opened = () => open(changed, place)
      if (sameBytes(changed, sealed)) expect(opened()).toBe(secret)
      else expect(opened, `character ${at}`).toThrow()
    }
  })

  it('opens with the key of its time after the key was changed, and moves to the new one', () => {
    const sealed = envelope(first).seal(secret, place)
    const changed = envelope(second, [first])
    expect(changed.open(sealed, place)).toBe(secret)
    expect(changed.isCurrent(sealed)).toBe(false)
    const moved = changed.reseal(sealed, place)
    expect(changed.isCurrent(moved)).toBe(true)
    expect(envelope(second).open(moved, place)).toBe(secret)
    expect(() => envelope(first).open(moved, place)).toThrow('is not here')
    expect(() => changed.reseal(sealed, 'elsewhere')).toThrow('belongs elsewhere')
  })

  it('is told from what was never sealed', () => {
    for (const text of ['', 'plain', 'pe1.a.b', 'pe2.a.b.c', 'pe1.a.b.c.d']) expect(() => envelope(first).open(text, place)).toThrow()
  })
})

function sameBytes(one: string, other: string): boolean {
  const bytes = (text: string) => text.split('.').map((part, place) => (place < 2 ? part : Buffer.from(part, 'base64url').toString('hex')))
  return bytes(one).join() === bytes(other).join()
}
