import type { Actor } from '@pe/contracts/actor.ts'
import { moneyPostings, unitPostings } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import type { CoreSql } from '../core-deps.ts'
import { cashEntriesInPieces } from '../store/cash.ts'
import { postedEntries, unitEntriesInPieces } from '../store/entries-in-pieces.ts'
import type { Finding } from './finding.ts'

/** Entries that need the market's rate to tell their cash are left out on both sides. */
const recordedRatesOnly = new Converter(RateTable.empty, { rounding: 'minorUnit' })

/** Sums per account and unit, a currency or an instrument. */
class Sums {
  readonly #ofAccounts = new Map<string, Map<string, Decimal>>()

  addUnits(entry: LedgerTransaction): void {
    for (const { book, accountId, unit, amount } of unitPostings(entry)) if (book === 'units') this.#add(accountId, unit, amount)
  }

  addCash(entry: LedgerTransaction): void {
    const legs = moneyPostings(entry, recordedRatesOnly)
    if (!legs.known) return
    for (const { book, accountId, unit, amount } of legs.value) if (book === 'cash') this.#add(accountId, unit, amount)
  }

  of(accountId: string): ReadonlyMap<string, Decimal> {
    return this.#ofAccounts.get(accountId) ?? new Map()
  }

  #add(accountId: string, unit: string, amount: Decimal): void {
    const own = this.#ofAccounts.get(accountId) ?? new Map<string, Decimal>()
    this.#ofAccounts.set(accountId, own)
    own.set(unit, (own.get(unit) ?? Decimal.zero).plus(amount))
  }
}

/**
 * That positions equal a replay: units and cash that reads figure (by selections and sums of the database) against the journal, entry by
 * entry. The journal has been proved by its chain before. Both are read in pieces: what stands in memory are the sums.
 */
export async function verifyPositions(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<Finding[]> {
  const replayed = new Sums()
  for await (const entries of postedEntries(db, actor)) {
    for (const entry of entries) {
      replayed.addUnits(entry)
      replayed.addCash(entry)
    }
  }
  const findings: Finding[] = []
  for (const accountId of accountIds) {
    const own = new Sums()
    for await (const entries of unitEntriesInPieces(db, actor, accountId)) for (const entry of entries) own.addUnits(entry)
    for await (const entries of cashEntriesInPieces(db, actor, accountId)) for (const entry of entries) own.addCash(entry)
    const [here, there] = [own.of(accountId), replayed.of(accountId)]
    for (const unit of new Set([...here.keys(), ...there.keys()])) {
      const [held, replay] = [here.get(unit) ?? Decimal.zero, there.get(unit) ?? Decimal.zero]
      if (held.toString() === replay.toString()) continue
      const detail = `holds ${held} ${unit} in its position, but ${replay} in a replay`
      findings.push({ accountId, entry: null, transactionId: null, detail })
    }
  }
  return findings
}
