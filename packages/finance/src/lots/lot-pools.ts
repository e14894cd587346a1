import type { CostMethod } from './cost-method.ts'
import type { Lot } from './lot.ts'
import { LotQueue } from './lot-queue.ts'

/** A queue of lots, and whose and what they are. */
export interface Pool {
  readonly instrumentId: string
  readonly queue: LotQueue
  /** Whether accounts share it, so that a lot may leave from one account for a sale in another. */
  readonly shared: boolean
}

export type Side = 'long' | 'short'

/**
 * Where the lots of an account and instrument lie. Accounts of a pool may share what they own; what an account owes is its own, so that
 * the purchase of one account never covers the short of another.
 */
export class LotPools {
  readonly #method: CostMethod
  readonly #poolOf: ((accountId: string) => string) | null
  readonly #queues = { long: new Map<string, Map<string, LotQueue>>(), short: new Map<string, Map<string, LotQueue>>() }

  /** @param poolOf the pool of an account; null when every account is on its own */
  constructor(method: CostMethod, poolOf: ((accountId: string) => string) | null) {
    this.#method = method
    this.#poolOf = poolOf
  }

  /** The pool that units of an account are in; made when first asked for. */
  of(accountId: string, instrumentId: string, side: Side): Pool {
    const shared = side === 'long' && this.#poolOf !== null
    const owner = (shared && this.#poolOf?.(accountId)) || accountId
    const bySide = this.#queues[side]
    let queues = bySide.get(owner)
    if (!queues) {
      queues = new Map()
      bySide.set(owner, queues)
    }
    let queue = queues.get(instrumentId)
    if (!queue) {
      queue = new LotQueue(this.#method)
      queues.set(instrumentId, queue)
    }
    return { instrumentId, queue, shared }
  }

  /** Where a lot belongs. */
  for({ accountId, instrumentId, units }: Lot): Pool {
    return this.of(accountId, instrumentId, units.isNegative() ? 'short' : 'long')
  }

  *all(side: Side): Generator<Pool> {
    const shared = side === 'long' && this.#poolOf !== null
    for (const queues of this.#queues[side].values()) for (const [instrumentId, queue] of queues) yield { instrumentId, queue, shared }
  }
}
