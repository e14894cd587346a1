import type { LedgerTransaction } from '../ledger/transaction.ts'
import { Decimal } from '../money/decimal.ts'
import { certain, type Known } from '../prices/known.ts'
import { KnownSum, minusKnown } from '../prices/known-sum.ts'
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
  const sums = new IncomeSums()
  for (const entry of book.between(from, to)) if (belongs(entry, scope)) sums.add(linesOf(entry, book, options))
  return sums.values
}

/** Income and charges in the making. */
export class IncomeSums {
  readonly #dividends = new KnownSum()
  readonly #interest = new KnownSum()
  readonly #interestReceived = new KnownSum()
  readonly #earnings = new KnownSum()
  readonly #fees = new KnownSum()
  readonly #taxes = new KnownSum()
  #dividendCount = 0

  add(lines: Lines): void {
    this.#fees.add(lines.fee)
    this.#taxes.add(lines.tax)
    if (lines.earnings === nothing) return
    if (lines.kind === 'dividend') this.#dividendCount += 1
    this.#dividends.add(lines.dividend)
    this.#interest.add(lines.interest)
    this.#interestReceived.add(lines.interestReceived)
    this.#earnings.add(lines.earnings)
  }

  get values(): IncomeAndCharges {
    return {
      dividends: this.#dividends.value,
      dividendCount: this.#dividendCount,
      interest: this.#interest.value,
      interestReceived: this.#interestReceived.value,
      earnings: this.#earnings.value,
      fees: this.#fees.value,
      taxes: this.#taxes.value,
    }
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
  /** Gross money that became units; negative for units that became money. */
  readonly intoUnits: Known<Decimal>
}

const nothing = certain(Decimal.zero)

export function linesOf(entry: LedgerTransaction, book: Book, options: ViewOptions): Lines {
  const { kind, amount } = entry
  const converter = book.converter(options)
  const inView = (money: Decimal): Known<Decimal> =>
    money.isZero() ? nothing : converter.convert(money, entry.currency, options.currency, entry.date, entry.rate)
  switch (kind) {
    case 'fee':
    case 'fee-refund':
      return { ...noLines, kind, fee: inView(kind === 'fee' ? amount : amount.negated()) }
    case 'tax':
    case 'tax-refund':
      return { ...noLines, kind, tax: inView(kind === 'tax' ? amount : amount.negated()) }
  }
  const [fee, tax] = [inView(entry.fee), inView(entry.tax)]
  switch (kind) {
    case 'buy':
    case 'delivery-in':
      return { ...noLines, kind, fee, tax, intoUnits: inView(amount) }
    case 'sell':
    case 'delivery-out':
    case 'return-of-capital':
    case 'conversion':
      return { ...noLines, kind, fee, tax, intoUnits: inView(amount.negated()) }
    case 'dividend': {
      const dividend = inView(amount)
      return { ...noLines, kind, fee, tax, dividend, earnings: dividend }
    }
    case 'interest':
    case 'interest-charge': {
      const interest = inView(kind === 'interest' ? amount : amount.negated())
      return { ...noLines, kind, fee, tax, interest, earnings: interest, interestReceived: minusKnown(minusKnown(interest, fee), tax) }
    }
    default:
      return { ...noLines, kind, fee, tax }
  }
}

const noLines: Omit<Lines, 'kind'> = {
  dividend: nothing,
  interest: nothing,
  interestReceived: nothing,
  earnings: nothing,
  fee: nothing,
  tax: nothing,
  intoUnits: nothing,
}

/** Whether a transaction's lines belong to a scope: its account (where the units are) decides, and its instrument. */
export function belongs(entry: LedgerTransaction, scope: Scope): boolean {
  return inScope(scope, entry.accountId) && (scope.instrumentId === undefined || entry.instrumentId === scope.instrumentId)
}
