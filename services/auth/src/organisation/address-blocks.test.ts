import { BlockList } from 'node:net'
import { Chance } from '@pe/platform/testing/tampering.ts'
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

it('of any kind lies in the blocks that Node finds it in', () => {
  const seed = Date.now() % 2 ** 32
  const chance = new Chance(seed)
  const kinds = {
    // few values for each part, so that many addresses lie in many blocks
    ipv4: { bits: 32, address: () => Array.from({ length: 4 }, () => chance.of([0, 10, 127, 128, 255])).join('.') },
    ipv6: { bits: 128, address: () => Array.from({ length: 8 }, () => chance.of(['0', '1', '8000', 'ffff', '20'])).join(':') },
  } as const
  const kindOf = () => chance.of(['ipv4', 'ipv6'] as const)
  let inside = 0
  for (let round = 0; round < 2000; round += 1) {
    const asked = kindOf()
    const known = new BlockList()
    const texts = Array.from({ length: 1 + chance.below(3) }, () => {
      const kind = kindOf()
      const [address, bits] = [kinds[kind].address(), chance.below(kinds[kind].bits + 1)]
      // for Node an IPv4 address lies in ::/0 too
      if (kind === asked) known.addSubnet(address, bits, kind)
      return `${address}/${bits}`
    })
    const address = kinds[asked].address()
    const expected = known.check(address, asked)
    inside += expected ? 1 : 0
    expect(isAllowed(address, readBlocks(texts)), `seed ${seed}: ${address} in ${texts.join(' ')}`).toBe(expected)
  }
  expect(inside).toBeGreaterThan(50)
})
