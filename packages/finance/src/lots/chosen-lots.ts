import type { LedgerTransaction, LotChoice } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { type Refusal, refuse } from '../outcome.ts'
import { Converter } from '../prices/converter.ts'
import { RateTable } from '../prices/rate-table.ts'
import type { CostMethod } from './cost-method.ts'
import { LotBook } from './lot-book.ts'

/** How the lots are kept that a choice is looked up in: those of one account, by a method that knows lots. */
export interface ChosenLotsView {
  readonly method: Exclude<CostMethod, 'average-cost'>
  /** Which lot is the dearest is told in it; only HIFO asks. */
  readonly currency: Currency
}

/** A chosen lot that is not there when its units leave, or has too few. */
export interface UnmatchedChoice<T> {
  readonly entry: T
  readonly choice: LotChoice
  /** Units of that lot in the account at that point. */
  readonly there: Decimal
}

/**
 * Every choice of lots that the book cannot follow, in order: the lot is not in the account when the units leave, or holds too few.
 * Each is looked up in the account that the units leave, whatever other accounts share its lots.
 * @param ordered the ledger of the accounts concerned and of those that sent them units, in its order, with what corporate actions bring
 */
export function unmatchedChoices<T extends LedgerTransaction>(ordered: Iterable<T>, view: ChosenLotsView): Generator<UnmatchedChoice<T>> {
  return unmatchedInEvery(ordered, [view])
}

/**
 * The same for an account that is shown in several ways: choices that the books of none of these views can follow. `there` is the most that
 * one of them has. What `leavesOut` names is left out of what follows when its choice is not matched, as if it had been refused.
 */
export function* unmatchedInEvery<T extends LedgerTransaction>(
  ordered: Iterable<T>,
  views: readonly ChosenLotsView[],
  leavesOut: (entry: T) => boolean = () => false,
): Generator<UnmatchedChoice<T>> {
  const books = views.map(bookOf)
  for (const entry of ordered) {
    let matched = true
    if (entry.lots && entry.lots.length > 0) {
      const held = books.map((book) => book.lots({ accounts: new Set([entry.accountId]), instrumentId: entry.instrumentId }))
      for (const choice of entry.lots) {
        const there = most(held.map((lots) => unitsOf(lots, choice)))
        if (!there?.isLessThan(choice.quantity)) continue
        matched = false
        yield { entry, choice, there }
      }
    }
    if (matched || !leavesOut(entry)) for (const book of books) book.apply(entry)
  }
}

function bookOf({ method, currency }: ChosenLotsView): LotBook {
  const converter = new Converter(RateTable.empty, { rounding: 'minorUnit' })
  return new LotBook({ method, fees: 'included', currency, converter, currencyOf: () => currency, acrossAccounts: false })
}

function unitsOf(lots: readonly { readonly transactionId: string; readonly units: Decimal }[], choice: LotChoice): Decimal {
  return Decimal.sum(lots.filter((lot) => lot.transactionId === choice.transactionId).map((lot) => lot.units))
}

function most(amounts: readonly Decimal[]): Decimal | undefined {
  return amounts.reduce<Decimal | undefined>((highest, amount) => (highest && !highest.isLessThan(amount) ? highest : amount), undefined)
}

/** `lots_do_not_match`: which lot, how many units of it are there and how many were chosen. */
export function unmatchedRefusal({ entry, choice, there }: UnmatchedChoice<LedgerTransaction>): Refusal {
  const lot = `the lot ${choice.transactionId}`
  const named = { date: entry.date, lot: choice.transactionId, transaction: entry.id, chosen: choice.quantity.toString() }
  const detail = there.isZero()
    ? `on ${entry.date} ${lot}, chosen by transaction ${entry.id}, is not in its account`
    : `on ${entry.date} ${lot} holds ${there} units, but ${choice.quantity} of them are chosen by transaction ${entry.id}`
  const facts = there.isZero() ? { case: 'not-there', ...named } : { case: 'too-few', ...named, held: there.toString() }
  return refuse('lots_do_not_match', detail, facts).refusal
}
