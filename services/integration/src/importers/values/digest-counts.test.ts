import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { DigestCounts } from './digest-counts.ts'

test('counts as a map does, however many there are', () => {
  const [counts, map] = [new DigestCounts(), new Map<string, number>()]
  for (let at = 0; at < 30_000; at++) {
    const digest = hash('sha256', String(at % 20_011), 'base64url').slice(0, 27)
    const times = (map.get(digest) ?? 0) + 1
    map.set(digest, times)
    expect(counts.count(digest)).toBe(times)
  }
})
