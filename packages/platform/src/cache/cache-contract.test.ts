import { describe, expect, it } from 'vitest'
import type { Cache } from './cache.ts'
import { localCache } from './local-cache.ts'

// Every cache passes this one suite.
describe.each([['local', (now: () => number): Cache => localCache({ maxBytes: 20_000, now })]])('a %s cache', (_, make) => {
  let time = 1000
  const open = () => make(() => time)

  it('gives back what was put in, as a copy', async () => {
    const cache = open()
    const value = { days: ['2026-01-01'], nothing: null }
    await cache.set('core.a', value, 60)
    value.days.push('changed')
    expect(await cache.get('core.a')).toEqual({ days: ['2026-01-01'], nothing: null })
    expect(await cache.get('core.b')).toBeUndefined()
  })

  it('forgets on request and when the time is up', async () => {
    const cache = open()
    await cache.set('a', 1, 60)
    await cache.set('b', 2, 10)
    await cache.delete('a')
    expect([await cache.get('a'), await cache.get('b')]).toEqual([undefined, 2])
    time += 10_001
    expect(await cache.get('b')).toBeUndefined()
  })

  it('stays within its size', async () => {
    const cache = open()
    for (let n = 0; n < 100; n += 1) await cache.set(`key-${n}`, 'x'.repeat(500), 60)
    expect(await cache.get('key-0')).toBeUndefined()
    expect(await cache.get('key-99')).toBe('x'.repeat(500))
  })
})
