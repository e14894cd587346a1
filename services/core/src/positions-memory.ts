import type { Actor } from '@pe/contracts/actor.ts'
import type { Positions } from '@pe/contracts/positions.ts'
import type { Kysely } from 'kysely'
import type { CoreTables } from './store/tables.ts'

/** Positions as figured from a reading of some books. */
export interface Figured {
  readonly positions: Positions
  /** The accounts whose books they are figured from. */
  readonly accountIds: readonly string[]
  /** Whether they follow from these books alone; figures that rest on rates of the market are not remembered. */
  readonly ofBooksAlone: boolean
}

/** Answers a question about positions from what was figured before, as long as the books are the same. */
export interface PositionsMemory {
  answer(db: Kysely<CoreTables>, actor: Actor, question: readonly unknown[], figure: () => Promise<Figured>): Promise<Positions>
}
