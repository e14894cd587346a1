import { step } from '@pe/finance/explain/steps.ts'
import { given, type Trail } from '@pe/finance/explain/trail.ts'
import { explainCost, explainUnrealisedGain } from '@pe/finance/gains/explain-gains.ts'
import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import type { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { cashTrail, closeBeforeTrail, explainValue, positionTrail } from '@pe/finance/valuation/explain-value.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import type { CashValue, ScopeValue } from '@pe/finance/valuation/value.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { HoldingValue } from '../figures/holding-values.ts'
import { magnitude, share } from './share.ts'
import type { Trails } from './trail-names.ts'

/** How each figure of a holding came about. */
export function holdingTrails(
  whole: LoadedBook,
  scope: Scope,
  holding: HoldingValue,
  knownValue: Known<Decimal>,
  asOf: PlainDate,
  options: GainOptions,
): Trails {
  const { instrument, position } = holding
  const unit = options.currency
  const { book } = whole.ofInstrument(instrument.id)
  const own: Scope = { ...scope, instrumentId: instrument.id }
  const value = positionTrail(position, book, own, asOf, options)
  const cost = explainCost(book, own, { basis: 'purchase', from: null, to: asOf }, options).trail
  const gain = step('unrealisedGain', 'difference', [value, cost], { unit, stated: holding.gain })
  const before = closeBeforeTrail(position, book, own, asOf, options)
  const dayChange = step('dayChange', 'difference', [value, before], { unit, stated: holding.dayChange })
  return {
    value,
    cost,
    unrealisedGain: gain,
    unrealisedGainRatio: share('unrealisedGainRatio', gain, magnitude('invested', cost)),
    dayChange,
    dayChangeRatio: share('dayChangeRatio', dayChange, before),
    weight: share('weight', value, knownLeaf(knownValue, unit)),
  }
}

/** How a balance of cash came to its value and its weight. */
export function cashTrails(
  { book }: LoadedBook,
  balance: CashValue,
  knownValue: Known<Decimal>,
  asOf: PlainDate,
  options: GainOptions,
): Trails {
  const value = cashTrail(balance, book, asOf, options)
  return { value, weight: share('weight', value, knownLeaf(knownValue, options.currency)) }
}

/** How the totals came about; `knownValue` is what weights are shares of. */
export function holdingsTrails(
  { book }: LoadedBook,
  scope: Scope,
  held: readonly HoldingValue[],
  worth: ScopeValue,
  asOf: PlainDate,
  options: GainOptions,
): Trails {
  const unit = options.currency
  const period = { basis: 'purchase', from: null, to: asOf } as const
  const positions = worth.positions.map((position) => positionTrail(position, book, scope, asOf, options))
  const changes = held.map(({ position, dayChange }) => {
    const source = { kind: 'instrument', id: position.instrumentId } as const
    const inputs = [positionTrail(position, book, scope, asOf, options), closeBeforeTrail(position, book, scope, asOf, options)]
    return step('position.dayChange', 'difference', inputs, { unit, stated: dayChange, source })
  })
  return {
    value: explainValue(book, scope, asOf, options).trail,
    knownValue: step('knownValue', 'sum', knownParts(worth, unit), { unit }),
    marketValue: step('marketValue', 'sum', positions, { unit, stated: worth.marketValue }),
    cost: explainCost(book, scope, period, options).trail,
    unrealisedGain: explainUnrealisedGain(book, scope, period, options).trail,
    dayChange: step('dayChange', 'sum', changes, { unit }),
  }
}

/** The whole that a weight is a share of: said once, among the trails of the totals. */
function knownLeaf(knownValue: Known<Decimal>, unit: string): Trail {
  const source = { kind: 'trail', id: 'knownValue' } as const
  return given('knownValue', knownValue.known ? knownValue.value.toString() : null, { unit, source })
}

function knownParts({ positions, balances }: ScopeValue, unit: string): Trail[] {
  const part = (figure: string, value: Known<Decimal>, source: Trail['source']): Trail[] =>
    value.known && !value.value.isZero() ? [given(figure, value.value.toString(), { unit, source })] : []
  return [
    ...positions.flatMap(({ instrumentId, marketValue }) =>
      part('position.marketValue', marketValue, { kind: 'instrument', id: instrumentId }),
    ),
    ...balances.flatMap(({ accountId, currency, value }) =>
      part('cash.value', value, { kind: 'account', id: accountId, detail: currency }),
    ),
  ]
}
