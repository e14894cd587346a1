import { Refused } from '../http/refused.ts'

export function keyInUse(): Refused {
  return new Refused('key_in_use', 'A request with this idempotency key is being worked on.')
}

/**
 * Looking a key up and locking it are one statement: who held the lock may have ended between the two. Then the reply is not kept, and
 * the effect is taken back.
 */
export function orTakeBack(kept: bigint): void {
  if (kept < 1n) throw keyInUse()
}
