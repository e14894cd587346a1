import { Decimal } from '../money/decimal.ts'
import { accept, type Outcome, type Refusal, refuse } from '../outcome.ts'
import { inOrder } from './order.ts'
import { type Posting, unitPostings } from './postings.ts'
import type { LedgerTransaction } from './transaction.ts'

export interface PositionRules {
  /** Accounts whose sales and deliveries may go below no units; transfers never may. */
  readonly allowsShorts: (accountId: string) => boolean
  /** Only positions that these entries touch are checked: the ones being added or voided. Without it all are. */
  readonly touchedBy?: readonly LedgerTransaction[] | undefined
  /** Accounts whose whole ledger is at hand: of what others send them the sender's part is not judged. Without it all are checked. */
  readonly accounts?: { readonly has: (accountId: string) => boolean } | undefined
}

/** An entry that takes out more units than its account holds. */
export interface Uncovered<T> {
  readonly entry: T
  readonly accountId: string
  readonly instrumentId: string
  readonly held: Decimal
  readonly leaving: Decimal
}

/**
 * Whether a ledger, as it would stand after a change (entries added or taken away, back-dated ones too), ever takes more units out of an
 * account than it holds. The ledger is the whole one of the accounts concerned; one pass, linear in its length.
 * Refuses `not_enough_units`, naming instrument, day, units held and units that leave.
 */
export function checkPositions<T extends LedgerTransaction>(ledger: Iterable<T>, rules: PositionRules): Outcome<true> {
  for (const found of uncoveredEntries(ledger, rules)) return { accepted: false, refusal: uncoveredRefusal(found) }
  return accept(true)
}

/** Every entry of a ledger that is not covered, in order; each is left out of what follows, as if it had been refused. */
export function* uncoveredEntries<T extends LedgerTransaction>(ledger: Iterable<T>, rules: PositionRules): Generator<Uncovered<T>> {
  const touched = rules.touchedBy && new Set(rules.touchedBy.flatMap((entry) => unitPostings(entry).map(positionKey)))
  const judged = (leg: Posting): boolean =>
    leg.book === 'units' && (!touched || touched.has(positionKey(leg))) && (!rules.accounts || rules.accounts.has(leg.accountId))
  const held = new Map<string, Decimal>()
  for (const entry of inOrder(ledger)) {
    const legs = unitPostings(entry).filter(judged)
    const uncovered = legs.find((leg) => {
      const covered = !leg.amount.isNegative() || !(held.get(positionKey(leg)) ?? Decimal.zero).plus(leg.amount).isNegative()
      return !covered && (entry.kind === 'transfer' || !rules.allowsShorts(leg.accountId))
    })
    if (uncovered) {
      const { accountId, unit, amount } = uncovered
      yield { entry, accountId, instrumentId: unit, held: held.get(positionKey(uncovered)) ?? Decimal.zero, leaving: amount.abs() }
      continue
    }
    for (const leg of legs) held.set(positionKey(leg), (held.get(positionKey(leg)) ?? Decimal.zero).plus(leg.amount))
  }
}

/** `not_enough_units`: what is held on the day and what leaves. Without names, ids stand in their place. */
export function uncoveredRefusal(
  { entry, accountId, instrumentId, held, leaving }: Uncovered<LedgerTransaction>,
  nameOf: (id: string) => string = (id) => id,
): Refusal {
  const verb = entry.kind === 'sell' ? 'sold' : entry.kind === 'transfer' ? 'transferred' : 'delivered out'
  const [account, name] = [nameOf(accountId), nameOf(instrumentId)]
  const detail = `on ${entry.date} account ${account} holds ${held} of instrument ${name}, but ${leaving} are ${verb}`
  const facts = { date: entry.date, account, accountId, name, instrumentId, held: held.toString(), leaving: leaving.toString() }
  return refuse('not_enough_units', detail, facts).refusal
}

function positionKey({ accountId, unit }: { accountId: string; unit: string }): string {
  return `${accountId}\n${unit}`
}
