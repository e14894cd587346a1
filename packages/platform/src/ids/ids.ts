import { randomBytes } from 'node:crypto'
import { epochMilliseconds } from '@pe/finance/time/instant.ts'
import type { Clock } from '../clock/clock.ts'

/** Where identities come from: UUIDs of version 7, which sort by the time they were made. */
export interface Ids {
  next(): string
}

/** RFC 9562 §5.7, with a counter in rand_a so that ids of one millisecond stay in order. */
export function timeOrderedIds(clock: Clock, random: (size: number) => Uint8Array = pooledBytes()): Ids {
  let last = 0
  let counter = 0
  return {
    next() {
      const now = Math.max(last, clock.milliseconds?.() ?? epochMilliseconds(clock.now()))
      counter = now === last ? counter + 1 : 0
      last = now
      if (counter > 0xfff) {
        last += 1
        counter = 0
      }
      const time = last.toString(16).padStart(12, '0')
      const tail = random(8)
      tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80
      const end = Buffer.from(tail).toString('hex')
      return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${end.slice(0, 4)}-${end.slice(4)}`
    },
  }
}

/** One call for the system's randomness per 512 ids: an import makes ten thousand, and each call costs several microseconds. */
function pooledBytes(): (size: number) => Uint8Array {
  let pool = new Uint8Array(0)
  let used = 0
  return (size) => {
    if (used + size > pool.length) {
      pool = randomBytes(Math.max(size, 4096))
      used = 0
    }
    used += size
    return pool.subarray(used - size, used)
  }
}
