import { appliedActionIn } from '@pe/contracts/ledger-reading.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { moneyPostings, unitPostings } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { addDays } from '@pe/finance/time/plain-date.ts'
import { type Book, mayOwe, type Noted, standing } from './book.ts'
import { corporateActions, first } from './market.ts'

const eur = currency('EUR')
/** Everything is paid in one currency. */
const noRates = new Converter(RateTable.empty, { rounding: 'minorUnit' })

/** Each unit is paid with so much. */
export const paidPerUnit = 10

/** The model's book as finance reads it, accounts named by their numbers: what was noted, and what companies did. */
function ledgerOf(book: Book): readonly LedgerTransaction[] {
  const actions = book.applications.flatMap(({ id, actionId, accounts, stands }) => {
    const terms = corporateActions.get(actionId)
    return stands && terms ? [appliedActionIn({ ...terms, id, accounts: accounts.map((account) => ({ accountId: `${account}` })) })] : []
  })
  return withActions(standing(book).map(entryOf), actions)
}

function entryOf({ id, kind, account, to, instrumentId, units, onDay }: Noted): LedgerTransaction {
  return {
    id,
    kind,
    date: addDays(first, onDay),
    accountId: `${account}`,
    toAccountId: to === null ? undefined : `${to}`,
    instrumentId,
    quantity: Decimal.fromScaled(units, 0),
    amount: Decimal.fromScaled(units * paidPerUnit, 0),
    currency: eur,
    fee: Decimal.zero,
    tax: Decimal.zero,
  }
}

/** Whether anybody ever gives what is not there: a transfer for nobody, all else only for who may owe. */
export function uncoveredBy(book: Book): boolean {
  const held = new Map<string, Decimal>()
  for (const entry of ledgerOf(book)) {
    for (const { key, account, amount } of unitsMoved(entry)) {
      const left = (held.get(key) ?? Decimal.zero).plus(amount)
      if (amount.isNegative() && left.isNegative() && (entry.kind === 'transfer' || account !== `${mayOwe}`)) return true
      held.set(key, left)
    }
  }
  return false
}

/** What is held at the end of a day, at the end of all without one: 'account instrument' or 'account EUR' to a number that is not 0. */
export function heldIn(book: Book, atEndOf?: string): ReadonlyMap<string, string> {
  const held = new Map<string, Decimal>()
  const add = (key: string, amount: Decimal): void => {
    held.set(key, (held.get(key) ?? Decimal.zero).plus(amount))
  }
  for (const entry of ledgerOf(book)) {
    if (atEndOf !== undefined && entry.date > atEndOf) break
    for (const { key, amount } of unitsMoved(entry)) add(key, amount)
    const moved = moneyPostings(entry, noRates)
    if (!moved.known) throw new Error('everything is paid in one currency')
    for (const { book: where, accountId, amount, unit } of moved.value) if (where === 'cash') add(`${accountId} ${unit}`, amount)
  }
  return new Map([...held].flatMap(([key, amount]) => (amount.isZero() ? [] : [[key, amount.toString()]])))
}

function unitsMoved(entry: LedgerTransaction): { key: string; account: string; amount: Decimal }[] {
  return unitPostings(entry)
    .filter(({ book }) => book === 'units')
    .map(({ accountId, unit, amount }) => ({ key: `${accountId} ${unit}`, account: accountId, amount }))
}
