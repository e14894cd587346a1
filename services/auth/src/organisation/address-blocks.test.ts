import { describe, expect, it } from 'vitest'
import { isAllowed, readBlocks } from './address-blocks.ts'

describe('blocks of addresses', () => {
  it('are kept as networks, each once', () => {
    expect(readBlocks(['192.0.2.77/24', '192.0.2.0/24', ' 203.0.113.5 ', '2001:DB8::1/32', '::1', '::ffff:10.0.0.9/104'])).toEqual([
      '192.0.2.0/24',
      '203.0.113.5/32',
      '2001:db8::/32',
      '::1/128',
      '10.0.0.0/8',
    ])
  })

  it.each([
    '',
    'localhost',
    '192.0.2.0/33',
    '192.0.2.0/-1',
    '192.0.2',
    '010.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '::1/129',
    'fe80::1%eth0/64',
    '1.2.3.4/24/8',
    '*',
  ])('are not: %j', (text) => {
    expect(() => readBlocks(['192.0.2.0/24', text])).toThrow(
      expect.objectContaining({ code: 'bad_request', errors: [expect.objectContaining({ path: 'allowedAddresses.1' })] }),
    )
  })
})

describe('an address', () => {
  it.each([
    ['192.0.2.200', true],
    ['192.0.3.1', false],
    ['::ffff:192.0.2.1', true],
    ['::ffff:c000:201', true],
    ['2001:db8:ffff::1', true],
    ['2001:db9::1', false],
    ['::c000:201', false],
    ['', false],
    ['unix', false],
    ['192.0.2.1, 203.0.113.1', false],
  ])('%s is let in: %s', (address, allowed) => {
    expect(isAllowed(address, ['192.0.2.0/24', '2001:db8::/32'])).toBe(allowed)
  })

  it('is let in from everywhere while there is no block', () => {
    expect(isAllowed('198.51.100.1', [])).toBe(true)
  })

  it('of the other kind is in no block, not even in all of one kind', () => {
    expect(isAllowed('2001:db8::1', ['0.0.0.0/0'])).toBe(false)
    expect(isAllowed('192.0.2.1', ['::/0'])).toBe(false)
  })
})
