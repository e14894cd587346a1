import { Refused } from '../http/refused.ts'

export function keyInUse(): Refused {
  return new Refused('key_in_use', 'A request with this idempotency key is being worked on.')
}

/**
 * Looking a key up and locking it are one statement: who held the lock may have ended between the two. Then fewer replies are kept than were
 * to be, and the effect is taken back.
 */
export function orTakeBack(kept: bigint | number, wanted: number): void {
  if (Number(kept) < wanted) throw keyInUse()
}
