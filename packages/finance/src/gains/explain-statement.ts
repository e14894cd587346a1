import { convertedStep } from '../explain/converted-step.ts'
import { step, told } from '../explain/steps.ts'
import { type Explained, given, type Trail } from '../explain/trail.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { explainFlows } from '../valuation/explain-flows.ts'
import { explainCash, explainValue } from '../valuation/explain-value.ts'
import { unitsCrossing } from '../valuation/flows.ts'
import type { Scope } from '../valuation/scope.ts'
import { explainRealisedGain, explainUnrealisedGain } from './explain-gains.ts'
import { belongs, type Lines, linesOf } from './income-and-charges.ts'
import type { GainOptions } from './lots-of.ts'
import { type PeriodStatement, statement } from './statement.ts'

/**
 * A period statement whose closing value is the sum of its lines, each down to what it rests on. Where a line is unknown there is no
 * sum: then the trail is that of the closing value itself.
 */
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
  const flows = explainFlows(book, scope, from, to, options).trail
  const earnings = lines('earnings', (line) => line.earnings, value.earnings)
  const charges = [
    minus(
      'fees',
      lines('fees', (line) => line.fee, value.fees),
    ),
  ]
  if (scope.instrumentId === undefined)
    charges.push(
      minus(
        'taxes',
        lines('taxes', (line) => line.tax, value.taxes),
      ),
    )
  const intoUnits = minus('intoUnits', intoUnitsTrail(book, scope, from, to, options))
  const cashMoved = step('cash.moved', 'sum', [flows, earnings, ...charges, intoUnits], { unit })
  const cash = (date: PlainDate): Trail => explainCash(book, scope, date, options).trail
  const currencyGain = step('currencyGain', 'difference', [cash(to), cash(from), cashMoved], { unit, stated: value.currencyGain })
  const addends = [
    named('openingValue', opening.trail),
    flows,
    explainRealisedGain(book, scope, period, gross).trail,
    explainUnrealisedGain(book, scope, period, gross).trail,
    earnings,
    ...charges,
    currencyGain,
  ]
  const adds = addends.every((addend) => addend.value !== null)
  const trail = adds ? step('closingValue', 'sum', addends, { unit, stated: value.closingValue }) : named('closingValue', closing.trail)
  return { value, trail, warnings: [...opening.warnings, ...closing.warnings] }
}

/** Gross money that became units, less units that became money; and what units that crossed the border of the scope were worth. */
function intoUnitsTrail(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: GainOptions): Trail {
  const unit = options.currency
  const inputs: Trail[] = []
  for (const entry of book.between(from, to)) {
    const source = { kind: 'transaction', id: entry.id, date: entry.date } as const
    if (entry.kind === 'transfer') inputs.push(given('units.crossed', told(unitsCrossing(entry, book, scope, options)), { unit, source }))
    const lines = belongs(entry, scope) ? linesOf(entry, book, options) : null
    if (!lines || (lines.intoUnits.known && lines.intoUnits.value.isZero())) continue
    const incoming = entry.kind === 'buy' || entry.kind === 'delivery-in'
    inputs.push(lineTrail('intoUnits', entry, incoming ? entry.amount : entry.amount.negated(), lines.intoUnits, book, options))
  }
  return step('intoUnits', 'sum', inputs, { unit })
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
