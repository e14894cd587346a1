import { step, told } from '../explain/steps.ts'
import { type Explained, given, type Trail } from '../explain/trail.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { explainFlows } from '../valuation/explain-flows.ts'
import { explainValue, warningsOf } from '../valuation/explain-value.ts'
import { unitsConverted, unitsCrossing } from '../valuation/flows.ts'
import type { Scope } from '../valuation/scope.ts'
import { valueOn } from '../valuation/value.ts'
import { linesTrail, lineTrail } from './explain-lines.ts'
import { belongs, linesOf } from './income-and-charges.ts'
import type { GainOptions } from './lots-of.ts'
import { profit } from './profit.ts'

/** How the profit of (from, to] came about (profit.ts): of a scope of accounts, or of one instrument in it. */
export function explainProfit(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: GainOptions): Explained<Known<Decimal>> {
  const value = profit(book, scope, from, to, options)
  const [opening, closing] = [valueTrail('openingValue', from), valueTrail('closingValue', to)]
  const warnings = [from, to].flatMap((date) => warningsOf(valueOn(book, scope, date, options)))
  const unit = options.currency
  if (scope.instrumentId === undefined) {
    const flows = explainFlows(book, scope, from, to, options).trail
    return { value, trail: step('profit', 'difference', [closing, opening, flows], { unit, stated: value }), warnings }
  }
  const invested = intoUnitsTrail(book, scope, from, to, options)
  const charges = [
    linesTrail({ figure: 'fees', of: (line) => line.fee }, book, scope, from, to, options),
    linesTrail({ figure: 'taxes', of: (line) => line.tax }, book, scope, from, to, options),
  ]
  const earned = linesTrail({ figure: 'income', of: (line) => line.earnings }, book, scope, from, to, options)
  const before = step('resultBeforeCosts', 'sum', [step('priceGain', 'difference', [closing, opening, invested], { unit }), earned], {
    unit,
  })
  return { value, trail: step('profit', 'difference', [before, ...charges], { unit, stated: value }), warnings }

  function valueTrail(figure: string, date: PlainDate): Trail {
    return { ...explainValue(book, scope, date, options).trail, figure }
  }
}

/** Gross money that became units, less units that became money; and what units that crossed the border of the scope were worth. */
export function intoUnitsTrail(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: GainOptions): Trail {
  const unit = options.currency
  const inputs: Trail[] = []
  for (const entry of book.between(from, to)) {
    const source = { kind: 'transaction', id: entry.id, date: entry.date } as const
    if (entry.kind === 'transfer') inputs.push(given('units.crossed', told(unitsCrossing(entry, book, scope, options)), { unit, source }))
    const converted = entry.into ? told(unitsConverted(entry, book, scope, options)) : '0'
    if (converted !== '0') inputs.push(given('units.converted', converted, { unit, source }))
    const lines = belongs(entry, scope) ? linesOf(entry, book, options) : null
    if (!lines || (lines.intoUnits.known && lines.intoUnits.value.isZero())) continue
    const incoming = entry.kind === 'buy' || entry.kind === 'delivery-in'
    inputs.push(lineTrail('intoUnits', entry, incoming ? entry.amount : entry.amount.negated(), lines.intoUnits, book, options))
  }
  return step('intoUnits', 'sum', inputs, { unit })
}
