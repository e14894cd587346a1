import { step } from '../explain/steps.ts'
import type { Explained, Trail } from '../explain/trail.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { explainFlows } from '../valuation/explain-flows.ts'
import { explainCash, explainValue } from '../valuation/explain-value.ts'
import type { Scope } from '../valuation/scope.ts'
import { explainRealisedGain, explainUnrealisedGain } from './explain-gains.ts'
import { linesTrail } from './explain-lines.ts'
import { intoUnitsTrail } from './explain-profit.ts'
import type { GainOptions } from './lots-of.ts'
import { type PeriodStatement, statement } from './statement.ts'

/** The lines of a statement, each by itself; fees and taxes as what they took, positive. */
export interface StatementLines {
  readonly openingValue: Trail
  readonly flows: Trail
  readonly realisedGain: Trail
  readonly unrealisedGain: Trail
  readonly income: Trail
  readonly fees: Trail
  /** Null in the scope of an instrument, which is before tax. */
  readonly taxes: Trail | null
  readonly currencyGain: Trail
  readonly closingValue: Trail
}

export interface ExplainedStatement extends Explained<PeriodStatement> {
  readonly lines: StatementLines
}

/**
 * A period statement whose closing value is the sum of its lines, each down to what it rests on. Where a line is unknown there is no
 * sum: then the trail is that of the closing value itself.
 */
export function explainStatement(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: GainOptions): ExplainedStatement {
  const value = statement(book, scope, from, to, options)
  const unit = options.currency
  const gross: GainOptions = { ...options, fees: 'excluded', taxes: 'excluded' }
  const period = { basis: 'period', from, to } as const
  const named = (figure: string, trail: Trail): Trail => ({ ...trail, figure })
  const opening = explainValue(book, scope, from, options)
  const closing = explainValue(book, scope, to, options)
  const flows = explainFlows(book, scope, from, to, options).trail
  const income = linesTrail({ figure: 'income', of: (line) => line.earnings, stated: value.earnings }, book, scope, from, to, options)
  const fees = linesTrail({ figure: 'fees', of: (line) => line.fee, stated: value.fees }, book, scope, from, to, options)
  const taxes =
    scope.instrumentId === undefined
      ? linesTrail({ figure: 'taxes', of: (line) => line.tax, stated: value.taxes }, book, scope, from, to, options)
      : null
  const minus = (trail: Trail): Trail => step(trail.figure, 'negation', [trail], { unit })
  const charges = taxes ? [minus(fees), minus(taxes)] : [minus(fees)]
  const intoUnits = minus(intoUnitsTrail(book, scope, from, to, options))
  const cashMoved = step('cash.moved', 'sum', [flows, income, ...charges, intoUnits], { unit })
  const cash = (date: PlainDate): Trail => explainCash(book, scope, date, options).trail
  const currencyGain = step('currencyGain', 'difference', [cash(to), cash(from), cashMoved], { unit, stated: value.currencyGain })
  const openingValue = named('openingValue', opening.trail)
  const realisedGain = explainRealisedGain(book, scope, period, gross).trail
  const unrealisedGain = explainUnrealisedGain(book, scope, period, gross).trail
  const addends = [openingValue, flows, realisedGain, unrealisedGain, income, ...charges, currencyGain]
  const adds = addends.every((addend) => addend.value !== null)
  const closingValue = named('closingValue', closing.trail)
  const trail = adds ? step('closingValue', 'sum', addends, { unit, stated: value.closingValue }) : closingValue
  const lines = { openingValue, flows, realisedGain, unrealisedGain, income, fees, taxes, currencyGain, closingValue }
  return { value, trail, warnings: [...opening.warnings, ...closing.warnings], lines }
}

/**
 * What of the profit of (from, to] no instrument made: interest, fees and taxes that name none, and what currencies did to cash.
 * With the profits of all instruments (profit.ts) it is the profit of the scope, to the last digit.
 */
export function explainRestOfProfit(
  book: Book,
  scope: Scope,
  from: PlainDate,
  to: PlainDate,
  { currencyGain }: StatementLines,
  options: GainOptions,
): Trail {
  const unit = options.currency
  const only = ({ instrumentId }: LedgerTransaction): boolean => instrumentId === undefined
  const interest = linesTrail({ figure: 'interest', of: (line) => line.earnings, only }, book, scope, from, to, options)
  const fees = linesTrail({ figure: 'fees', of: (line) => line.fee, only }, book, scope, from, to, options)
  const taxes = linesTrail({ figure: 'taxes', of: (line) => line.tax, only }, book, scope, from, to, options)
  const minus = (trail: Trail): Trail => step(trail.figure, 'negation', [trail], { unit })
  return step('restOfProfit', 'sum', [currencyGain, interest, minus(fees), minus(taxes)], { unit })
}
