import type { LedgerTransaction } from '../ledger/transaction.ts'
import { dateOfDay } from '../time/plain-date.ts'
import { Chance } from './chance.fixture.ts'
import { firstDay, lastDay } from './world.fixture.ts'

/** What one number says before the book is known: when it happens, and whether it is a corporate action. */
export interface Draw {
  readonly id: string
  readonly day: number
  readonly date: LedgerTransaction['date']
  readonly time?: string
  /** Of no meaning yet: the ledger's order asks for one. */
  readonly kind: 'buy'
  readonly isAction: boolean
  readonly chance: Chance
}

export function drawOf(seed: number, at: number): Draw {
  const chance = new Chance(seed)
  const day = firstDay + chance.below(lastDay - firstDay + 1)
  const isAction = chance.percent(9)
  const time = !isAction && chance.percent(10) ? { time: `${10 + chance.below(9)}:${10 + chance.below(50)}:00` } : {}
  return { id: `${isAction ? 'a' : 't'}${at}`, day, date: dateOfDay(day), ...time, kind: 'buy', isAction, chance }
}
