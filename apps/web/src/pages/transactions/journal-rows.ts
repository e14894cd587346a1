import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'

type Transaction = Schema<'Transaction'>

/** A row of the journal: a transaction, an event with its legs, or a leg of one that is open. */
export interface JournalRow extends Transaction {
  /** Of an event, first the income. */
  readonly legs?: readonly Transaction[]
  readonly within?: boolean
}

export const rowIdOf = (row: JournalRow): string => (row.legs ? `event ${row.event?.id}` : row.id)

/** What a row is called: an event goes by its own kind. */
export const kindOf = (row: JournalRow): string => (row.legs ? (row.event?.kind ?? row.kind) : row.kind)

/** Legs of one event, which stand next to each other, become one row; those of an open one follow it. Alone (filtered) a leg is itself. */
export function journalRows(transactions: readonly Transaction[], open: ReadonlySet<string>): JournalRow[] {
  const rows: JournalRow[] = []
  for (let at = 0; at < transactions.length; at++) {
    const [first, second] = [transactions[at], transactions[at + 1]]
    if (!first) break
    if (!first.event || first.event.id !== second?.event?.id) {
      rows.push(first)
      continue
    }
    const legs = first.event.leg === 'income' ? [first, second] : [second, first]
    const row = eventRow(legs)
    rows.push(row)
    if (open.has(rowIdOf(row))) rows.push(...legs.map((leg) => ({ ...leg, within: true })))
    at += 1
  }
  return rows
}

/** The income with the units of the purchase, and the cash that all legs move together. */
function eventRow(legs: readonly Transaction[]): JournalRow {
  const [income, purchase] = legs as [Transaction, Transaction]
  return { ...income, quantity: purchase.quantity, price: purchase.price, cashEffect: cashOf(legs), legs }
}

function cashOf(legs: readonly Transaction[]): Transaction['cashEffect'] {
  const moved = legs.flatMap(({ cashEffect }) => cashEffect ?? [])
  const currency = moved[0]?.currency
  if (!currency || moved.length < legs.length || moved.some((one) => one.currency !== currency)) return null
  return { amount: Decimal.sum(moved.map(({ amount }) => Decimal.parse(amount))).toString(), currency }
}
