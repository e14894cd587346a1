import { Decimal } from '../money/decimal.ts'
import { unitMovement } from './postings.ts'
import type { LedgerTransaction } from './transaction.ts'

export interface UnitBalance {
  readonly accountId: string
  readonly instrumentId: string
  /** Never zero; negative when short. */
  readonly units: Decimal
}

/** Units of every instrument in every account, transaction by transaction. */
export class UnitCounts {
  readonly #units = new Map<string, Map<string, Decimal>>()

  apply(entry: LedgerTransaction): void {
    const { accountId, toAccountId, instrumentId, quantity } = entry
    const movement = unitMovement(entry)
    if (movement === 'none' || !instrumentId || !quantity) return
    if (entry.into) this.add(accountId, entry.into.instrumentId, entry.into.quantity)
    if (movement === 'in') this.add(accountId, instrumentId, quantity)
    else this.add(accountId, instrumentId, quantity.negated())
    if (movement === 'across' && toAccountId) this.add(toAccountId, instrumentId, quantity)
  }

  add(accountId: string, instrumentId: string, change: Decimal): void {
    let instruments = this.#units.get(accountId)
    if (!instruments) {
      instruments = new Map()
      this.#units.set(accountId, instruments)
    }
    const before = instruments.get(instrumentId)
    instruments.set(instrumentId, before ? before.plus(change) : change)
  }

  /** Negative when short. */
  unitsIn(accountId: string, instrumentId: string): Decimal {
    return this.#units.get(accountId)?.get(instrumentId) ?? Decimal.zero
  }

  /** Every account and instrument that was ever counted, also where nothing is left. */
  *counted(): Generator<Omit<UnitBalance, 'units'>> {
    for (const [accountId, instruments] of this.#units) for (const instrumentId of instruments.keys()) yield { accountId, instrumentId }
  }

  /** Every account and instrument that holds units. */
  *held(): Generator<UnitBalance> {
    for (const [accountId, instruments] of this.#units)
      for (const [instrumentId, units] of instruments) if (!units.isZero()) yield { accountId, instrumentId, units }
  }
}
