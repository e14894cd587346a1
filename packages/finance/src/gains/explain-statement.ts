import { convertedStep } from '../explain/converted-step.ts'
import { step } from '../explain/steps.ts'
import { type Explained, given, type Trail } from '../explain/trail.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { explainFlows } from '../valuation/explain-flows.ts'
import { explainValue } from '../valuation/explain-value.ts'
import type { Scope } from '../valuation/scope.ts'
import { explainRealisedGain, explainUnrealisedGain } from './explain-gains.ts'
import { belongs, type Lines, linesOf } from './income-and-charges.ts'
import type { GainOptions } from './lots-of.ts'
import { type PeriodStatement, statement } from './statement.ts'

/** A period statement whose closing value is the sum of its lines, each down to what it rests on. */
export function explainStatement(
  book: Book,
  scope: Scope,
  from: PlainDate,
  to: PlainDate,
  options: GainOptions,
): Explained<PeriodStatement> {
  const value = statement(book, scope, from, to, options)
  const unit = options.currency
  const gross: GainOptions = { ...options, fees: 'excluded', taxes: 'excluded' }
  const period = { basis: 'period', from, to } as const
  const named = (figure: string, trail: Trail): Trail => ({ ...trail, figure })
  const opening = explainValue(book, scope, from, options)
  const closing = explainValue(book, scope, to, options)
  const minus = (figure: string, trail: Trail): Trail => step(figure, 'negation', [trail], { unit })
  const lines = (figure: string, of: (line: Lines) => Known<Decimal>, stated: Known<Decimal>): Trail =>
    linesTrail(figure, of, stated, book, scope, from, to, options)
  const addends = [
    named('openingValue', opening.trail),
    explainFlows(book, scope, from, to, options).trail,
    explainRealisedGain(book, scope, period, gross).trail,
    explainUnrealisedGain(book, scope, period, gross).trail,
    lines('earnings', (line) => line.earnings, value.earnings),
    minus(
      'fees',
      lines('fees', (line) => line.fee, value.fees),
    ),
    ...(scope.instrumentId === undefined
      ? [
          minus(
            'taxes',
            lines('taxes', (line) => line.tax, value.taxes),
          ),
        ]
      : []),
  ]
  const closingTrail = named('closingValue', closing.trail)
  const currencyGain = step('currencyGain', 'difference', [closingTrail, step('explained', 'sum', addends, { unit })], {
    unit,
    stated: value.currencyGain,
  })
  const trail = step('closingValue', 'sum', [...addends, currencyGain], { unit, stated: value.closingValue })
  return { value, trail, warnings: [...opening.warnings, ...closing.warnings] }
}

/** Income or charges of a period, transaction by transaction. */
function linesTrail(
  figure: string,
  of: (line: Lines) => Known<Decimal>,
  stated: Known<Decimal>,
  book: Book,
  scope: Scope,
  from: PlainDate,
  to: PlainDate,
  options: GainOptions,
): Trail {
  const inputs: Trail[] = []
  const own: GainOptions = { ...options, rounding: 'none' }
  for (const entry of book.between(from, to)) {
    if (!belongs(entry, scope)) continue
    const line = of(linesOf(entry, book, options))
    const amount = of(linesOf(entry, book, { ...own, currency: entry.currency }))
    if (amount.known && !amount.value.isZero()) inputs.push(lineTrail(figure, entry, amount.value, line, book, options))
  }
  return step(figure, 'sum', inputs, { unit: options.currency, stated })
}

function lineTrail(
  figure: string,
  entry: LedgerTransaction,
  amount: Decimal,
  line: Known<Decimal>,
  book: Book,
  options: GainOptions,
): Trail {
  const { currency: from, date, rate: recorded, id } = entry
  const leaf = given('transaction.amount', amount.toString(), { unit: from, source: { kind: 'transaction', id, date } })
  const way = { from, to: options.currency, date, recorded, transactionId: id, stated: line }
  return convertedStep(book.converter(options), { figure: `${figure}.line`, amount: leaf, ...way })
}
