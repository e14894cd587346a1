import { step } from '@pe/finance/explain/steps.ts'
import type { Trail } from '@pe/finance/explain/trail.ts'
import { explainCost, explainUnrealisedGain } from '@pe/finance/gains/explain-gains.ts'
import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { explainValue, positionTrail } from '@pe/finance/valuation/explain-value.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import { valueOn } from '@pe/finance/valuation/value.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { HoldingValue } from '../figures/holding-values.ts'

export type Trails = Record<string, Trail>

/** How each figure of a holding came about. Ratios are quotients of the trails beside them. */
export function holdingTrails(whole: LoadedBook, scope: Scope, holding: HoldingValue, asOf: PlainDate, options: GainOptions): Trails {
  const { instrument, position } = holding
  const unit = options.currency
  const { book } = whole.ofInstrument(instrument.id)
  const own: Scope = { ...scope, instrumentId: instrument.id }
  const value = positionTrail(position, book, own, asOf, options)
  const cost = explainCost(book, own, { basis: 'purchase', from: null, to: asOf }, options).trail
  const gain = step('unrealisedGain', 'difference', [value, cost], { unit, stated: holding.gain })
  return { value, cost, unrealisedGain: gain, unrealisedGainRatio: share('unrealisedGainRatio', gain, cost) }
}

/** How the totals came about. */
export function holdingsTrails({ book }: LoadedBook, scope: Scope, asOf: PlainDate, options: GainOptions): Trails {
  const worth = valueOn(book, scope, asOf, options)
  const unit = options.currency
  const period = { basis: 'purchase', from: null, to: asOf } as const
  return {
    value: explainValue(book, scope, asOf, options).trail,
    marketValue: step(
      'marketValue',
      'sum',
      worth.positions.map((position) => positionTrail(position, book, scope, asOf, options)),
      { unit, stated: worth.marketValue },
    ),
    cost: explainCost(book, scope, period, options).trail,
    unrealisedGain: explainUnrealisedGain(book, scope, period, options).trail,
  }
}

/** A share as a statistic: null where an input is, or nothing stands below the line. */
export function share(figure: string, part: Trail, whole: Trail): Trail {
  const [above, below] = [Number(part.value), Number(whole.value)]
  if (part.value === null || whole.value === null || below === 0)
    return { figure, value: null, op: 'unknown', inputs: [part, whole], parameters: { reason: 'nothing-held' } }
  return { figure, value: above / below, op: 'quotient', inputs: [part, whole] }
}
