import { LedgerEntryReader } from '@pe/analytics/books/ledger-transaction-of.ts'
import type { LedgerEntry } from '@pe/contracts/ledger.ts'
import { differ, firstBroken, type Property, property } from '@pe/finance/properties/property.fixture.ts'
import { randomLedger } from '@pe/finance/properties/random-ledger.fixture.ts'

/** What the wire promises: an entry that was written and read again is the entry. */
export const wireProperties: readonly Property[] = [
  property('an entry that was written for the wire and read again is the same', randomLedger(), ({ entries }) => {
    const reader = new LedgerEntryReader()
    return firstBroken(
      entries.map((entry) => {
        const text = JSON.stringify(entry)
        const again = reader.read(JSON.parse(text) as LedgerEntry)
        const same =
          entry.amount.equals(again.amount) && (entry.quantity?.equals(again.quantity ?? entry.amount) ?? again.quantity === undefined)
        return same ? differ(entry.id, sorted(again), sorted(entry)) : `${entry.id} is worth another amount`
      }),
    )
  }),
]

/** By name, since the two are put together in another order; a field that is undefined is none. */
function sorted(entry: object): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(entry)) as object).sort(([a], [b]) => (a < b ? -1 : 1))),
  )
}
