import type { Actor } from '@pe/contracts/actor.ts'
import { moneyPostings, unitPostings } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import type { CoreSql } from '../core-deps.ts'
import { cashEntries } from '../store/cash.ts'
import { journal, ledgerEntryOf, unitEntries } from '../store/transactions.ts'
import type { Finding } from './finding.ts'

const lastDay = plainDate('9999-12-31')
/** Entries that need the market's rate to tell their cash are left out on both sides. */
const recordedRatesOnly = new Converter(RateTable.empty, { rounding: 'minorUnit' })

/** Sums per account and unit, a currency or an instrument. */
class Sums {
  readonly #sums = new Map<string, Decimal>()

  addUnits(entry: LedgerTransaction): void {
    for (const { book, accountId, unit, amount } of unitPostings(entry)) if (book === 'units') this.#add(`${accountId} ${unit}`, amount)
  }

  addCash(entry: LedgerTransaction): void {
    const legs = moneyPostings(entry, recordedRatesOnly)
    if (!legs.known) return
    for (const { book, accountId, unit, amount } of legs.value) if (book === 'cash') this.#add(`${accountId} ${unit}`, amount)
  }

  #add(key: string, amount: Decimal): void {
    this.#sums.set(key, (this.#sums.get(key) ?? Decimal.zero).plus(amount))
  }

  /** What differs, as 'account unit', with both sums. */
  *unlike(other: Sums, accountId: string): Generator<{ unit: string; here: string; there: string }> {
    for (const key of new Set([...this.#sums.keys(), ...other.#sums.keys()])) {
      if (!key.startsWith(`${accountId} `)) continue
      const [here, there] = [this.#sums.get(key) ?? Decimal.zero, other.#sums.get(key) ?? Decimal.zero]
      if (here.toString() !== there.toString())
        yield { unit: key.slice(accountId.length + 1), here: here.toString(), there: there.toString() }
    }
  }
}

/**
 * That positions equal a replay: units and cash that reads figure (by selections and sums of the database) against the journal, entry by
 * entry. The journal has been proved by its chain before.
 */
export async function verifyPositions(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<Finding[]> {
  const replayed = new Sums()
  for (const entry of await postedEntries(db, actor)) {
    replayed.addUnits(entry)
    replayed.addCash(entry)
  }
  const findings: Finding[] = []
  for (const accountId of accountIds) {
    const own = new Sums()
    for (const entry of await unitEntries(db, actor, [accountId])) own.addUnits(entry)
    for (const entry of await cashEntries(db, actor, [accountId], lastDay)) own.addCash(entry)
    for (const { unit, here, there } of own.unlike(replayed, accountId)) {
      findings.push({
        accountId,
        entry: null,
        transactionId: null,
        detail: `holds ${here} ${unit} in its position, but ${there} in a replay`,
      })
    }
  }
  return findings
}

async function postedEntries(db: CoreSql, actor: Actor): Promise<LedgerTransaction[]> {
  const rows = await journal(db, actor).where('state', '=', 'posted').execute()
  return rows.map(ledgerEntryOf)
}
