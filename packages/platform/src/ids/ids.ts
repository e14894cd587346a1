import { randomBytes } from 'node:crypto'
import { epochMilliseconds } from '@pe/finance/time/instant.ts'
import type { Clock } from '../clock/clock.ts'

/** Where identities come from: UUIDs of version 7, which sort by the time they were made. */
export interface Ids {
  next(): string
}

/** RFC 9562 §5.7, with a counter in rand_a so that ids of one millisecond stay in order. */
export function timeOrderedIds(clock: Clock, random: (size: number) => Buffer = randomBytes): Ids {
  const tails = pooledTails(random)
  let last = 0
  let counter = 0
  let [told, time] = [-1, '']
  return {
    next() {
      const now = Math.max(last, clock.milliseconds?.() ?? epochMilliseconds(clock.now()))
      counter = now === last ? counter + 1 : 0
      last = now
      if (counter > 0xfff) {
        last += 1
        counter = 0
      }
      if (last !== told) {
        const digits = last.toString(16).padStart(12, '0')
        ;[told, time] = [last, `${digits.slice(0, 8)}-${digits.slice(8)}`]
      }
      return `${time}-7${counter.toString(16).padStart(3, '0')}-${tails()}`
    },
  }
}

/** One call for the system's randomness per 512 ids: an import makes ten thousand, and each call costs several microseconds. */
function pooledTails(random: (size: number) => Buffer): () => string {
  let pool = ''
  let used = 0
  return () => {
    if (used === pool.length) {
      const bytes = random(4096)
      // The variant of RFC 9562 in the first two bits of each eight bytes.
      for (let at = 0; at < bytes.length; at += 8) bytes[at] = ((bytes[at] ?? 0) & 0x3f) | 0x80
      pool = bytes.toString('hex')
      used = 0
    }
    used += 16
    return `${pool.slice(used - 16, used - 12)}-${pool.slice(used - 12, used)}`
  }
}
