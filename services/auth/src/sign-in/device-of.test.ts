import { expect, it } from 'vitest'
import { deviceOf } from './device-of.ts'

it('a device is told as a person would call it', () => {
  expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0')).toBe('Firefox on Linux')
  const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
  expect(deviceOf(chrome)).toBe('Chrome on Windows')
  expect(deviceOf(`${chrome} Edg/142.0.0.0`)).toBe('Edge on Windows')
  const safari =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile Safari/604.1'
  expect(deviceOf(safari)).toBe('Safari on iOS')
  expect(deviceOf('curl/8.14.1')).toBe('curl')
})

it('nothing that a program says of itself is repeated', () => {
  for (const said of [undefined, '', '<script>alert(1)</script>', 'x'.repeat(100_000)]) expect(deviceOf(said)).toBe('Unknown device')
})
