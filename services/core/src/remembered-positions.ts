import type { Actor } from '@pe/contracts/actor.ts'
import type { Positions } from '@pe/contracts/positions.ts'
import { keepText } from '@pe/platform/http/kept-text.ts'
import type { CoreSql } from './core-deps.ts'
import type { Figured, PositionsMemory } from './positions-memory.ts'
import { readBookVersions } from './store/ledger.ts'

interface Remembered {
  readonly positions: Positions
  readonly versions: string
  readonly accountIds: readonly string[]
  readonly lots: number
}

/** Lots that all remembered positions have together, at most: some 100 bytes each, and as much again for their text. */
const mostLots = 200_000

/**
 * Positions that were asked for before. They are good as long as none of their books has got a new version; cache, never truth. (A transfer
 * that adds a further account to those whose lots are needed changes the book of one that is known already.)
 */
export class RememberedPositions implements PositionsMemory {
  readonly #byQuestion = new Map<string, Remembered>()
  #lots = 0

  async answer(db: CoreSql, actor: Actor, question: readonly unknown[], figure: () => Promise<Figured>): Promise<Positions> {
    const key = JSON.stringify([actor.organisationId, ...question])
    const known = this.#byQuestion.get(key)
    if (known && known.versions === (await versionsOf(db, actor, known.accountIds))) return known.positions
    const { positions, accountIds, ofBooksAlone } = await figure()
    this.#forget(key)
    if (ofBooksAlone) this.#keep(key, { positions, accountIds, versions: await versionsOf(db, actor, accountIds), lots: lotsIn(positions) })
    return positions
  }

  #keep(key: string, remembered: Remembered): void {
    this.#byQuestion.set(key, { ...remembered, positions: keepText(remembered.positions) })
    this.#lots += remembered.lots
    // The oldest goes first.
    for (const oldest of this.#byQuestion.keys()) {
      if (this.#lots <= mostLots) return
      this.#forget(oldest)
    }
  }

  #forget(key: string): void {
    this.#lots -= this.#byQuestion.get(key)?.lots ?? 0
    this.#byQuestion.delete(key)
  }
}

async function versionsOf(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<string> {
  return (await readBookVersions(db, actor, accountIds)).map(({ accountId, version }) => `${accountId} ${version}`).join()
}

function lotsIn({ positions }: Positions): number {
  return positions.reduce((sum, { lots }) => sum + lots.length + 1, 0)
}
