import { describe, expect, it } from 'vitest'
import { localRateLimits } from './local-rate-limits.ts'

const budget = { burst: 3, perSecond: 2 }

describe('a budget of requests', () => {
  it('is spent at once, and comes back by and by, never above what it was', () => {
    let now = 0
    const limits = localRateLimits({ now: () => now })
    const take = () => limits.take('ada', budget)
    expect([take(), take(), take()]).toEqual([
      { allowed: true, left: 2, wait: 0 },
      { allowed: true, left: 1, wait: 0 },
      { allowed: true, left: 0, wait: 0.5 },
    ])
    expect(take()).toEqual({ allowed: false, left: 0, wait: 0.5 })
    now += 500
    expect(take()).toMatchObject({ allowed: true, left: 0 })
    now += 60_000
    expect(take()).toMatchObject({ allowed: true, left: 2 })
  })

  it('is everybody’s own', () => {
    const limits = localRateLimits({ now: () => 0 })
    for (let asked = 0; asked < 4; asked += 1) limits.take('ada', budget)
    expect(limits.take('bob', budget)).toMatchObject({ allowed: true, left: 2 })
  })

  it('is kept for so many and no more', () => {
    const limits = localRateLimits({ now: () => 0, mostKeys: 2 })
    for (const key of ['ada', 'bob', 'eve']) limits.take(key, budget)
    expect(limits.take('eve', budget)).toMatchObject({ left: 1 })
    expect(limits.take('ada', budget)).toMatchObject({ left: 2 })
  })
})
