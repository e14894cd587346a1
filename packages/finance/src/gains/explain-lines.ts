import { convertedStep } from '../explain/converted-step.ts'
import { step } from '../explain/steps.ts'
import { given, type Trail } from '../explain/trail.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import type { Scope } from '../valuation/scope.ts'
import { belongs, type Lines, linesOf } from './income-and-charges.ts'
import type { GainOptions } from './lots-of.ts'

/** A part of what the transactions of (from, to] earned or cost. */
export interface LinesAsked {
  readonly figure: string
  readonly of: (line: Lines) => Known<Decimal>
  /** Which transactions of the scope; by default all. */
  readonly only?: (entry: LedgerTransaction) => boolean
  /** What the calculator says the sum is. */
  readonly stated?: Known<Decimal>
}

/** Income or charges of a period in the currency of the view, transaction by transaction. */
export function linesTrail(
  asked: LinesAsked,
  book: Book,
  scope: Scope,
  from: PlainDate | null,
  to: PlainDate,
  options: GainOptions,
): Trail {
  const { figure, of, only = () => true, stated } = asked
  const inputs: Trail[] = []
  for (const entry of book.between(from, to)) {
    if (!belongs(entry, scope) || !only(entry)) continue
    // In its own currency, unrounded, the line is what was recorded.
    const recorded = of(linesOf(entry, book, { ...options, rounding: 'none', currency: entry.currency }))
    if (!recorded.known || recorded.value.isZero()) continue
    inputs.push(lineTrail(figure, entry, recorded.value, of(linesOf(entry, book, options)), book, options))
  }
  return step(figure, 'sum', inputs, { unit: options.currency, stated })
}

/** One amount of a transaction, converted at the rate of its day or the one recorded. */
export function lineTrail(
  figure: string,
  entry: LedgerTransaction,
  amount: Decimal,
  line: Known<Decimal>,
  book: Book,
  options: GainOptions,
): Trail {
  const { id, date, currency: from, rate: recorded } = entry
  const leaf = given('transaction.amount', amount.toString(), { unit: from, source: { kind: 'transaction', id, date } })
  const way = { from, to: options.currency, date, recorded, transactionId: id, stated: line }
  return convertedStep(book.converter(options), { figure: `${figure}.line`, amount: leaf, ...way })
}
