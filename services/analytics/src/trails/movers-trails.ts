import { step, told } from '@pe/finance/explain/steps.ts'
import { given, type Trail, unknownLeaf } from '@pe/finance/explain/trail.ts'
import { explainProfit } from '@pe/finance/gains/explain-profit.ts'
import { explainRestOfProfit, explainStatement } from '@pe/finance/gains/explain-statement.ts'
import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import type { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { FigurePeriod } from '../scopes/figure-period.ts'
import { type FigureScope, scopeOfFinance } from '../scopes/figure-scope.ts'
import type { Trails } from './trail-names.ts'

export interface InstrumentProfit {
  readonly instrumentId: string
  readonly profit: Known<Decimal>
}

/** How the profit of one instrument came about. */
export function moverTrails(
  book: LoadedBook,
  scope: FigureScope,
  instrumentId: string,
  { from, to }: FigurePeriod,
  options: GainOptions,
): Trails {
  const part = scopeOfFinance({ ...scope, instrumentId })
  return { profit: explainProfit(book.ofInstrument(instrumentId).book, part, from, to, options).trail }
}

/** How the profit of the whole came about, and what no instrument made of it. */
export function moversTrails(
  { book }: LoadedBook,
  scope: Scope,
  { from, to }: FigurePeriod,
  rows: readonly InstrumentProfit[],
  rest: Known<Decimal>,
  options: GainOptions,
): Trails {
  const { trail: profit } = explainProfit(book, scope, from, to, options)
  if (!rest.known) return { profit, rest: unknownLeaf('restOfProfit', rest.reason) }
  const { lines } = explainStatement(book, scope, from, to, options)
  const made = explainRestOfProfit(book, scope, from, to, lines, options)
  return { profit, rest: made.value === told(rest) ? made : whatIsLeft(profit, rows, options.currency) }
}

/** Where a part of the rest cannot be told by itself: what the rows leave of the profit. */
function whatIsLeft(profit: Trail, rows: readonly InstrumentProfit[], unit: string): Trail {
  const made = rows.map(({ instrumentId, profit: own }) =>
    given('position.profit', told(own), { unit, source: { kind: 'instrument', id: instrumentId } }),
  )
  return step('restOfProfit', 'difference', [profit, ...made], { unit })
}
