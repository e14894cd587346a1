import type { ActionEffect, ActionLeg, AppliedAction } from '@pe/contracts/action-applications.ts'
import type { Call } from '@pe/contracts/actor.ts'
import { appliedActionIn } from '@pe/contracts/ledger-reading.ts'
import type { Position } from '@pe/contracts/positions.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import { moneyPostings } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { foldLots } from '@pe/finance/lots/lot-book.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { cashBalances } from '../cash.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import type { Books } from '../coverage.ts'
import { positionsIn } from '../positions.ts'
import { accountsThatSendUnits } from '../store/ledger.ts'
import { readUnitBook, type UnitBook, wholeLedger } from '../store/ledger-with-actions.ts'

/** The ledger of the instruments that an action joins, as it stands and as it would with the action. */
export interface BeforeAndAfter {
  readonly before: readonly LedgerTransaction[]
  readonly after: readonly LedgerTransaction[]
}

export async function beforeAndAfter(db: CoreSql, call: Call, applied: AppliedAction): Promise<BeforeAndAfter> {
  const accountIds = applied.accounts.map(({ accountId }) => accountId)
  const senders = await accountsThatSendUnits(db, call.actor, accountIds)
  const book = await readUnitBook(db, call.actor, senders, instrumentsOf(applied))
  return { before: wholeLedger(book), after: ledgerWith(book, applied) }
}

function ledgerWith({ entries, actions }: UnitBook, applied: AppliedAction): readonly LedgerTransaction[] {
  return withActions(inOrder(entries), [...actions, appliedActionIn(applied)])
}

/** What was held and what is kept at the end of the ex-date, lots first in first out, and the entries that make the difference. */
export async function effectsOf(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  books: Books,
  applied: AppliedAction,
  { before, after }: BeforeAndAfter,
): Promise<ActionEffect[]> {
  const named = new Set(instrumentsOf(applied))
  const effects: ActionEffect[] = []
  for (const { accountId, cashAccountId = accountId } of applied.accounts) {
    const own = after.filter(({ id }) => id.startsWith(`${applied.id}/${accountId}/`))
    const cash = (await cashBalances(core, db, call, [cashAccountId], applied.exDate)).map(({ balance }) => balance)
    const positionsOf = (ledger: readonly LedgerTransaction[]): Position[] => positionsAt(ledger, accountId, books, applied, named)
    effects.push({
      accountId,
      cashAccountId,
      before: { positions: positionsOf(before), cash },
      after: { positions: positionsOf(after), cash: cashWith(cash, own, cashAccountId) },
      legs: own.map(legOf),
    })
  }
  return effects
}

const noRates = new Converter(RateTable.empty, { rounding: 'minorUnit' })

function positionsAt(
  ledger: readonly LedgerTransaction[],
  accountId: string,
  books: Books,
  { exDate, currency: paid }: AppliedAction,
  named: ReadonlySet<string>,
): Position[] {
  const own = currency(books.get(accountId)?.currency ?? paid)
  // Lots are told in the currency that was paid, so rates do not matter.
  const options = { method: 'fifo', fees: 'included', currency: own, converter: noRates, currencyOf: () => own } as const
  return positionsIn(foldLots(ledger, options, exDate), new Set([accountId])).filter(({ instrumentId }) => named.has(instrumentId))
}

function cashWith(
  before: readonly { amount: string; currency: string }[],
  legs: readonly LedgerTransaction[],
  cashAccountId: string,
): { amount: string; currency: string }[] {
  const balances = new Map(before.map(({ amount, currency: code }) => [code, Decimal.parse(amount)]))
  for (const leg of legs) {
    const moved = moneyPostings(leg, noRates)
    for (const { book, accountId, amount, unit } of moved.known ? moved.value : [])
      if (book === 'cash' && accountId === cashAccountId) balances.set(unit, (balances.get(unit) ?? Decimal.zero).plus(amount))
  }
  return [...balances].map(([code, amount]) => ({ amount: amount.toString(), currency: code }))
}

/** Entries by account that an action brings, found among those of a ledger by their ids. */
export function legsIn(ledger: readonly LedgerTransaction[], { id, accounts }: AppliedAction): { accountId: string; legs: ActionLeg[] }[] {
  const own = ledger.filter((entry) => entry.id.startsWith(`${id}/`))
  return accounts.map(({ accountId }) => ({ accountId, legs: own.filter((entry) => entry.accountId === accountId).map(legOf) }))
}

function legOf({ id, kind, instrumentId = '', quantity, amount, currency: code, into }: LedgerTransaction): ActionLeg {
  return {
    id,
    kind,
    instrumentId,
    quantity: quantity?.toString() ?? null,
    amount: amount.toString(),
    currency: code,
    into: into ? { instrumentId: into.instrumentId, quantity: into.quantity.toString(), costShare: into.costShare.toString() } : null,
  }
}

/** What is held, and what is received where something is. */
export function instrumentsOf({ instrumentId, intoInstrumentId }: Pick<AppliedAction, 'instrumentId' | 'intoInstrumentId'>): string[] {
  return intoInstrumentId === undefined ? [instrumentId] : [instrumentId, intoInstrumentId]
}
