import type { LedgerTransaction } from '../ledger/transaction.ts'
import { Decimal } from '../money/decimal.ts'
import { certain, type Known, whenKnown } from '../prices/known.ts'
import { sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book, ViewOptions } from '../valuation/book.ts'
import { inScope, type Scope } from '../valuation/scope.ts'

/** What a period earned and what it cost, each amount at the rate of its day (or the one recorded). */
export interface IncomeAndCharges {
  /** Gross of tax and fee. */
  readonly dividends: Known<Decimal>
  readonly dividendCount: number
  /** Gross of tax and fee, less interest charged. */
  readonly interest: Known<Decimal>
  /** Interest as credited: less its fee and tax. */
  readonly interestReceived: Known<Decimal>
  /** Dividends and interest. */
  readonly earnings: Known<Decimal>
  /** Fees inside transactions and booked apart, less refunds. */
  readonly fees: Known<Decimal>
  /** Taxes alike. */
  readonly taxes: Known<Decimal>
}

/** The income and charges of a scope over (from, to]. With an instrument: what was booked for it. */
export function incomeAndCharges(book: Book, scope: Scope, from: PlainDate | null, to: PlainDate, options: ViewOptions): IncomeAndCharges {
  const lines = Array.from(book.between(from, to))
    .filter((entry) => belongs(entry, scope))
    .map((entry) => linesOf(entry, book, options))
  const sum = (of: (line: Lines) => Known<Decimal>): Known<Decimal> => sumKnown(lines.map(of))
  return {
    dividends: sum((line) => line.dividend),
    dividendCount: lines.filter((line) => line.kind === 'dividend').length,
    interest: sum((line) => line.interest),
    interestReceived: sum((line) => line.interestReceived),
    earnings: sum((line) => line.earnings),
    fees: sum((line) => line.fee),
    taxes: sum((line) => line.tax),
  }
}

/** The lines that one transaction adds to a statement, in the currency of the view. */
export interface Lines {
  readonly kind: LedgerTransaction['kind']
  readonly dividend: Known<Decimal>
  readonly interest: Known<Decimal>
  readonly interestReceived: Known<Decimal>
  readonly earnings: Known<Decimal>
  readonly fee: Known<Decimal>
  readonly tax: Known<Decimal>
}

const nothing = certain(Decimal.zero)

export function linesOf(entry: LedgerTransaction, book: Book, options: ViewOptions): Lines {
  const converter = book.converter(options)
  const inView = (amount: Decimal): Known<Decimal> => converter.convert(amount, entry.currency, options.currency, entry.date, entry.rate)
  const { kind, amount } = entry
  const of = (...kinds: LedgerTransaction['kind'][]): boolean => kinds.includes(kind)
  const apart = of('fee', 'fee-refund', 'tax', 'tax-refund')
  const [fee, tax] = apart ? [nothing, nothing] : [inView(entry.fee), inView(entry.tax)]
  const dividend = of('dividend') ? inView(amount) : nothing
  const interest = of('interest') ? inView(amount) : of('interest-charge') ? inView(amount.negated()) : nothing
  return {
    kind,
    dividend,
    interest,
    interestReceived: of('interest', 'interest-charge') ? sumKnown([interest, negated(fee), negated(tax)]) : nothing,
    earnings: sumKnown([dividend, interest]),
    fee: of('fee') ? inView(amount) : of('fee-refund') ? inView(amount.negated()) : fee,
    tax: of('tax') ? inView(amount) : of('tax-refund') ? inView(amount.negated()) : tax,
  }
}

/** Whether a transaction's lines belong to a scope: its account (where the units are) decides, and its instrument. */
export function belongs(entry: LedgerTransaction, scope: Scope): boolean {
  return inScope(scope, entry.accountId) && (scope.instrumentId === undefined || entry.instrumentId === scope.instrumentId)
}

function negated(value: Known<Decimal>): Known<Decimal> {
  return whenKnown(value, (amount) => amount.negated())
}
