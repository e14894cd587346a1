import { describe, expect, it } from 'vitest'
import { overrideHeader, overrideHeaders, overrideOf } from './override-header.ts'

describe('the reason for writing into a closed period', () => {
  it('comes over a header with every letter', () => {
    const reason = 'Nachtrag: Gebühr über 5 € – geprüft'
    const sent = overrideHeaders(reason)[overrideHeader]
    expect(sent).toMatch(/^[\x21-\x7e]+$/)
    expect(overrideOf(sent)).toEqual({ override: reason })
  })

  it('is absent without the header', () => {
    expect([overrideOf(undefined), overrideHeaders(undefined)]).toEqual([{}, {}])
  })

  it.each(['', '%20', '%', `${'a'.repeat(2001)}`])('must be a reason: %j', (header) => {
    expect(() => overrideOf(header)).toThrow('Override-Reason')
  })
})
