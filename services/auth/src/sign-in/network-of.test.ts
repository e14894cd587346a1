import { expect, it } from 'vitest'
import { networkOf } from './network-of.ts'

it('one caller is one network, however the address is written', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
  expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7')
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:0DB8:0001:0002:ffff::1')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'))
})

it('what is no address is nobody in particular', () => {
  for (const text of [undefined, '', 'localhost', '1.2.3.4, 5.6.7.8', "1' or '1"]) expect(networkOf(text)).toBe('unknown')
})
