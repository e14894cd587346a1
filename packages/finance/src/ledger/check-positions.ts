import { Decimal } from '../money/decimal.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'
import { inOrder } from './order.ts'
import { unitPostings } from './postings.ts'
import type { LedgerTransaction } from './transaction.ts'

export interface PositionRules {
  /** Accounts whose sales and deliveries may go below no units; transfers never may. */
  readonly allowsShorts: (accountId: string) => boolean
  /** Only positions that these entries touch are checked: the ones being added or voided. Without it all are. */
  readonly touchedBy?: readonly LedgerTransaction[] | undefined
}

/**
 * Whether a ledger, as it would stand after a change (entries added or taken away, back-dated ones too), ever takes more units out of an
 * account than it holds. The ledger is the whole one of the accounts concerned; one pass, linear in its length.
 * Refuses `not_enough_units`, naming instrument, day, units held and units that leave.
 */
export function checkPositions<T extends LedgerTransaction>(ledger: Iterable<T>, rules: PositionRules): Outcome<true> {
  const touched = rules.touchedBy && new Set(rules.touchedBy.flatMap((entry) => unitPostings(entry).map(positionKey)))
  const held = new Map<string, Decimal>()
  for (const entry of inOrder(ledger)) {
    for (const leg of unitPostings(entry)) {
      if (leg.book !== 'units') continue
      const key = positionKey(leg)
      if (touched && !touched.has(key)) continue
      const before = held.get(key) ?? Decimal.zero
      const after = before.plus(leg.amount)
      held.set(key, after)
      if (!leg.amount.isNegative() || !after.isNegative()) continue
      if (entry.kind !== 'transfer' && rules.allowsShorts(leg.accountId)) continue
      const verb = entry.kind === 'sell' ? 'sold' : entry.kind === 'transfer' ? 'transferred' : 'delivered out'
      return refuse(
        'not_enough_units',
        `on ${entry.date} account ${leg.accountId} holds ${before} of instrument ${leg.unit}, but ${leg.amount.abs()} are ${verb}`,
      )
    }
  }
  return accept(true)
}

function positionKey({ accountId, unit }: { accountId: string; unit: string }): string {
  return `${accountId}\n${unit}`
}
