import { belongs } from '../gains/income-and-charges.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book, ViewOptions } from '../valuation/book.ts'
import type { Scope } from '../valuation/scope.ts'
import type { DividendPayment } from './dividend-rhythm.ts'

/** One instrument, in all accounts of the book or in some. */
export type InstrumentScope = Scope & { readonly instrumentId: string }

/** What an instrument paid in (from, to], gross, each payment in the currency of the view at the rate of its day (or the one recorded). */
export function dividendsOf(
  book: Book,
  scope: InstrumentScope,
  from: PlainDate,
  to: PlainDate,
  options: ViewOptions,
): Known<DividendPayment[]> {
  const payments: DividendPayment[] = []
  for (const entry of book.between(from, to)) {
    if (!isDividendOf(entry, scope)) continue
    const amount = grossDividend(entry, book, options)
    if (!amount.known) return amount
    payments.push({ date: entry.date, amount: amount.value })
  }
  return { known: true, value: payments, date: null, stale: false }
}

export function isDividendOf(entry: LedgerTransaction, scope: InstrumentScope): boolean {
  return entry.kind === 'dividend' && belongs(entry, scope)
}

/** Gross of tax and fee, in the currency of the view. */
export function grossDividend(entry: LedgerTransaction, book: Book, options: ViewOptions): Known<Decimal> {
  return book.converter(options).convert(entry.amount, entry.currency, options.currency, entry.date, entry.rate)
}
