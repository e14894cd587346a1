import { asText, columnsOf } from '@pe/contracts/ledger-columns.fixture.ts'
import type { LedgerColumns } from '@pe/contracts/ledger-columns.ts'
import { transactionsIn } from '@pe/contracts/ledger-reading.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import { differ, firstBroken, type Property, property } from '@pe/finance/properties/property.fixture.ts'
import { randomLedger } from '@pe/finance/properties/random-ledger.fixture.ts'

/** What the wire promises: an entry that was written and read again is the entry. */
export const wireProperties: readonly Property[] = [
  property('an entry that was written for the wire and read again is the same', randomLedger(), ({ entries }) => {
    const recorded = inOrder(entries.filter(({ into }) => !into))
    const read = transactionsIn(JSON.parse(JSON.stringify(columnsOf(asText(recorded)))) as LedgerColumns)
    return firstBroken(
      recorded.map((entry, at) => {
        const again = read[at]
        const same =
          again &&
          entry.amount.equals(again.amount) &&
          (entry.quantity?.equals(again.quantity ?? entry.amount) ?? again.quantity === undefined)
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
