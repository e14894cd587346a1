import { Decimal } from '../money/decimal.ts'
import { fitting, quantitySize } from '../money/limits.ts'
import { accept, type Outcome, type Refusal, refuse } from '../outcome.ts'
import type { ActionKind, CorporateAction } from './corporate-action.ts'

type Need = 'needed' | 'allowed' | 'none'

interface Terms {
  readonly ratio: Need
  readonly into: Need
  readonly cash: Need
  readonly costShare: Need
  readonly fractions: Need
}

/** The terms that each kind takes, as data: the wizard and the rule below read the same table. */
export const termsOf: Readonly<Record<ActionKind, Terms>> = {
  split: { ratio: 'needed', into: 'none', cash: 'none', costShare: 'none', fractions: 'allowed' },
  'stock-dividend': { ratio: 'needed', into: 'none', cash: 'none', costShare: 'none', fractions: 'allowed' },
  'spin-off': { ratio: 'needed', into: 'needed', cash: 'none', costShare: 'needed', fractions: 'allowed' },
  rights: { ratio: 'needed', into: 'needed', cash: 'none', costShare: 'allowed', fractions: 'allowed' },
  merger: { ratio: 'allowed', into: 'allowed', cash: 'allowed', costShare: 'allowed', fractions: 'allowed' },
  'symbol-change': { ratio: 'allowed', into: 'needed', cash: 'none', costShare: 'none', fractions: 'none' },
  'return-of-capital': { ratio: 'none', into: 'none', cash: 'needed', costShare: 'none', fractions: 'none' },
  'write-off': { ratio: 'none', into: 'none', cash: 'none', costShare: 'none', fractions: 'none' },
}

/**
 * Whether the terms make sense: those that the kind needs, positive ratios (a split of 0 for 1 is refused, `not_positive`), and no more
 * cost allocated than there is (`cost_share_out_of_range`).
 */
export function checkAction(action: CorporateAction): Outcome<CorporateAction> {
  const refusal = missingRefusal(action) ?? valueRefusal(action) ?? mergerRefusal(action)
  return refusal ? { accepted: false, refusal } : accept(action)
}

function missingRefusal(action: CorporateAction): Refusal | null {
  const terms = termsOf[action.kind]
  const given: Record<keyof Terms, unknown> = {
    ratio: action.ratio,
    into: action.intoInstrumentId,
    cash: action.cashPerUnit,
    costShare: action.costShare,
    fractions: action.fractionPrice,
  }
  for (const [name, need] of Object.entries(terms)) {
    const there = given[name as keyof Terms] !== undefined
    if (need === 'needed' && !there) return no('field_missing', `a ${action.kind} needs ${name}`)
    if (need === 'none' && there) return no('field_not_allowed', `a ${action.kind} takes no ${name}`)
  }
  if (action.intoInstrumentId === action.instrumentId) return no('field_not_allowed', 'an instrument does not turn into itself')
  return null
}

function valueRefusal({ ratio, cashPerUnit, fractionPrice, costShare }: CorporateAction): Refusal | null {
  for (const [name, value] of [
    ['new units', ratio?.new],
    ['old units', ratio?.old],
    ['cash per unit', cashPerUnit],
  ] as const) {
    if (value && !value.isPositive()) return no('not_positive', `${name} must be more than 0, not ${value}`)
    const fits = value && fitting(value, quantitySize, name)
    if (fits && !fits.accepted) return fits.refusal
  }
  if (fractionPrice?.isNegative()) return no('not_positive', `the price of a fraction must not be negative: ${fractionPrice}`)
  return costShare ? costShareRefusal(costShare) : null
}

/** A part of the cost lies between nothing and all of it. */
export function costShareRefusal(share: Decimal): Refusal | null {
  if (!share.isNegative() && !Decimal.one.isLessThan(share)) return null
  return no('cost_share_out_of_range', `the cost allocated to the units received must be between 0 and 1 of the cost, not ${share}`)
}

/** A merger is for stock, for cash, or for both; then the cost is shared out between the two. */
function mergerRefusal({ kind, ratio, intoInstrumentId, cashPerUnit, costShare }: CorporateAction): Refusal | null {
  if (kind !== 'merger') return null
  if ((ratio === undefined) !== (intoInstrumentId === undefined))
    return no('field_missing', 'a merger for stock needs both the instrument received and the ratio')
  if (!intoInstrumentId && !cashPerUnit) return no('field_missing', 'a merger needs stock, cash or both')
  if (intoInstrumentId && cashPerUnit && costShare === undefined)
    return no('field_missing', 'a merger for stock and cash needs the part of the cost that goes over to the stock')
  return null
}

function no(code: Refusal['code'], detail: string): Refusal {
  return refuse(code, detail).refusal
}
