import { describe, expect, it } from 'vitest'
import { BriefMemory } from './brief-memory.ts'

describe('a memory from one request to the next', () => {
  it('gives what was kept once', () => {
    const memory = new BriefMemory<string[]>({ mostRows: 10 })
    memory.keep('a', ['row'], 1)
    expect(memory.take('a')).toEqual(['row'])
    expect(memory.take('a')).toBeUndefined()
  })

  it('forgets the oldest for the newest, and never keeps more than it may', () => {
    const memory = new BriefMemory<string[]>({ mostRows: 10 })
    memory.keep('old', [], 6)
    memory.keep('new', [], 6)
    memory.keep('huge', [], 11)
    expect([memory.take('old'), memory.take('new'), memory.take('huge')]).toEqual([undefined, [], undefined])
  })

  it('forgets after a quarter of an hour', () => {
    let now = 1
    const memory = new BriefMemory<string[]>({ mostRows: 10, now: () => now })
    memory.keep('a', ['row'], 1)
    memory.keep('b', ['row'], 1)
    now += 15 * 60_000
    expect(memory.take('a')).toEqual(['row'])
    now += 1
    expect(memory.take('b')).toBeUndefined()
  })
})
