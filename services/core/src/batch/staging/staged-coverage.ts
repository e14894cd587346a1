import type { Call } from '@pe/contracts/actor.ts'
import type { Uncovered } from '@pe/finance/ledger/check-positions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import { unitPostings } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { CoreSql } from '../../core-deps.ts'
import { type StagedUnitRow, type StandingUnitRow, stagedUnits, standingUnits, type UnitRow } from '../../store/staged-rows.ts'
import type { AccountPlan } from '../plan-accounts.ts'
import { byDay } from './by-day.ts'

/** A staged row that gives away what is not there, or what a recorded sale needs. */
export interface UncoveredRow {
  readonly staged: StagedUnitRow
  readonly found: Uncovered<LedgerTransaction>
}

/**
 * The staged rows that leave something uncovered, in one walk over both ledgers, a day at a time: what stands in memory is one number a
 * position. Where a recorded sale is left uncovered, the last staged row before it that took of the same position is the one to refuse, as
 * in a batch that is judged in memory. `refused` holds the rows of earlier walks and grows, `gone` has the places of those that were refused for
 * another reason; instruments that actions join are left out. Answers true when a transfer had to be refused for the sake of a recorded sale: what it brought to the other account is then missing there, and another walk must see.
 */
export async function walkPositions(
  db: CoreSql,
  call: Call,
  importId: string,
  plan: AccountPlan,
  joined: ReadonlySet<string>,
  refused: Map<number, UncoveredRow>,
  gone: ReadonlySet<number> = new Set(),
): Promise<boolean> {
  const standing = plan.accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  const held = new Map<string, Decimal>()
  const takers = new Map<string, { staged: StagedUnitRow; entry: LedgerTransaction }[]>()
  const allowsShort = (accountId: string): boolean => plan.books.get(accountId)?.allowsShort ?? true
  // What others sent into these books was covered in theirs, which are not read.
  const ownLegs = (entry: LedgerTransaction): Leg[] => legsOf(entry).filter(({ accountId }) => plan.books.has(accountId))
  let again = false
  const sources = byDay<StandingUnitRow | StagedUnitRow>(
    standingUnits(db, call.actor, standing, { stagedBy: importId }),
    stagedUnits(db, importId),
  )
  for await (const day of sources) {
    const rowOf = new Map<LedgerTransaction, StagedUnitRow | null>()
    for (const unit of day)
      if (!joined.has(unit.instrumentId) && !('place' in unit && (refused.has(unit.place) || gone.has(unit.place))))
        rowOf.set(entryOf(unit), 'place' in unit ? unit : null)
    for (const entry of inOrder(rowOf.keys())) {
      const staged = rowOf.get(entry) ?? null
      let uncovered = uncoveredLeg(entry, ownLegs(entry), held, allowsShort)
      while (uncovered && !staged) {
        const guilty = takers.get(uncovered.key)?.pop()
        if (!guilty) break
        refused.set(guilty.staged.place, { staged: guilty.staged, found: uncovered.found })
        for (const { key, amount } of legsOf(guilty.entry)) held.set(key, (held.get(key) ?? Decimal.zero).minus(amount))
        if (guilty.entry.kind === 'transfer') again = true
        uncovered = uncoveredLeg(entry, ownLegs(entry), held, allowsShort)
      }
      if (uncovered) {
        if (staged) refused.set(staged.place, { staged, found: uncovered.found })
        continue
      }
      for (const { key, amount } of legsOf(entry)) {
        held.set(key, (held.get(key) ?? Decimal.zero).plus(amount))
        if (!staged || !amount.isNegative() || standing.length === 0) continue
        const before = takers.get(key)
        if (before) before.push({ staged, entry })
        else takers.set(key, [{ staged, entry }])
      }
    }
  }
  return again
}

export interface Leg {
  readonly key: string
  readonly accountId: string
  readonly amount: Decimal
}

export function legsOf(entry: LedgerTransaction): Leg[] {
  const legs: Leg[] = []
  for (const { book, accountId, unit, amount } of unitPostings(entry))
    if (book === 'units') legs.push({ key: `${accountId}\n${unit}`, accountId, amount })
  return legs
}

/** The first of these legs of an entry that takes more than is held. */
export function uncoveredLeg(
  entry: LedgerTransaction,
  legs: readonly Leg[],
  held: ReadonlyMap<string, Decimal>,
  allowsShort: (accountId: string) => boolean,
): { key: string; found: Uncovered<LedgerTransaction> } | null {
  for (const { key, accountId, amount } of legs) {
    if (!amount.isNegative() || (entry.kind !== 'transfer' && allowsShort(accountId))) continue
    const has = held.get(key) ?? Decimal.zero
    if (has.plus(amount).isNegative())
      return { key, found: { entry, accountId, instrumentId: entry.instrumentId ?? '', held: has, leaving: amount.abs() } }
  }
  return null
}

const anyCurrency = currency('EUR')

/** Position rules look at units only; the money of the entry is left out. */
export function entryOf(unit: UnitRow): LedgerTransaction {
  return {
    id: '',
    kind: unit.kind,
    date: unit.date,
    time: unit.time ?? undefined,
    accountId: unit.accountId,
    toAccountId: unit.toAccountId ?? undefined,
    instrumentId: unit.instrumentId,
    quantity: Decimal.parse(unit.quantity),
    amount: Decimal.zero,
    currency: anyCurrency,
    fee: Decimal.zero,
    tax: Decimal.zero,
  }
}
