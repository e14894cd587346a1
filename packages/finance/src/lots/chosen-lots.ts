import type { LedgerTransaction, LotChoice } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
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
export function* unmatchedChoices<T extends LedgerTransaction>(
  ordered: Iterable<T>,
  { method, currency }: ChosenLotsView,
): Generator<UnmatchedChoice<T>> {
  const converter = new Converter(RateTable.empty, { rounding: 'minorUnit' })
  const book = new LotBook({ method, fees: 'included', currency, converter, currencyOf: () => currency, acrossAccounts: false })
  for (const entry of ordered) {
    const { accountId, instrumentId } = entry
    if (entry.lots && entry.lots.length > 0) {
      const lots = book.lots({ accounts: new Set([accountId]), instrumentId })
      for (const choice of entry.lots) {
        const there = Decimal.sum(lots.filter((lot) => lot.transactionId === choice.transactionId).map((lot) => lot.units))
        if (there.isLessThan(choice.quantity)) yield { entry, choice, there }
      }
    }
    book.apply(entry)
  }
}

/** For a person: which lot, how many units of it are there and how many were chosen. */
export function describeUnmatched({ entry, choice, there }: UnmatchedChoice<LedgerTransaction>): string {
  const lot = `the lot ${choice.transactionId}`
  return there.isZero()
    ? `on ${entry.date} ${lot}, chosen by transaction ${entry.id}, is not in its account`
    : `on ${entry.date} ${lot} holds ${there} units, but ${choice.quantity} of them are chosen by transaction ${entry.id}`
}
