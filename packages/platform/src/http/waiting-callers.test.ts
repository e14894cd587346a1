import { describe, expect, it } from 'vitest'
import { WaitingCallers } from './waiting-callers.ts'

/** Time that passes as it is waited for; at some moments something happens. */
function passing(happens: Readonly<Record<number, () => void>> = {}) {
  let now = 0
  const pause = async (milliseconds: number) => {
    for (const end = now + milliseconds; now < end; ) happens[++now]?.()
  }
  return { now: () => now, pause }
}

describe('callers at the door', () => {
  it('hold up nobody while there are none', async () => {
    const time = passing()
    await new WaitingCallers(time).gone()
    expect(time.now()).toBe(0)
  })

  it('are let go first, with what they ask on', async () => {
    const time = passing({ 100: () => callers.answered(), 250: () => callers.came(), 400: () => callers.answered() })
    const callers = new WaitingCallers(time)
    callers.came()
    await callers.gone()
    expect(time.now()).toBe(600)
  })

  it('hold up nobody for longer than a minute', async () => {
    const time = passing()
    const callers = new WaitingCallers(time)
    callers.came()
    await callers.gone()
    expect(time.now()).toBe(60_000)
  })
})
