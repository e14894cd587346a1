import type { Currency } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import type { PlainDate } from '../time/plain-date.ts'

/**
 * What a company does to those who hold its paper. `stock-dividend`: units beside the old ones at no cost of their own. `rights`: another
 * instrument beside it. `write-off`: the units are gone for nothing (a delisting, an insolvency).
 */
export const actionKinds = [
  'split',
  'stock-dividend',
  'spin-off',
  'rights',
  'merger',
  'symbol-change',
  'return-of-capital',
  'write-off',
] as const

export type ActionKind = (typeof actionKinds)[number]

/** New units for old ones: 2 for 1, 1 for 10. */
export interface Ratio {
  readonly new: Decimal
  readonly old: Decimal
}

/** The terms of a corporate action, the same for everyone who holds the instrument. */
export interface CorporateAction {
  readonly id: string
  readonly kind: ActionKind
  readonly instrumentId: string
  /** It comes before everything else of this day. */
  readonly exDate: PlainDate
  /** Of a split: units after for units before. Of everything else: units received for units held. */
  readonly ratio?: Ratio | undefined
  /** The instrument received. */
  readonly intoInstrumentId?: string | undefined
  /** Cash for each unit held, in `currency`. */
  readonly cashPerUnit?: Decimal | undefined
  /** Of cash, and of the price of fractions. */
  readonly currency: Currency
  /** The part of the cost that goes over to the units received: 1 unless stated; of rights and a cash merger 0. */
  readonly costShare?: Decimal | undefined
  /** What a fraction of a unit is paid out at (cash in lieu); fractions are kept without it. */
  readonly fractionPrice?: Decimal | undefined
}

/** What one account makes of it. */
export interface AccountChoice {
  readonly accountId: string
  /** Where the cash goes when not into the account itself. */
  readonly cashAccountId?: string | undefined
  /** The part of the cost that goes over, when not the one of the terms. */
  readonly costShare?: Decimal | undefined
  /** What the broker paid for the fraction, when not fraction × price. */
  readonly cashInLieu?: Decimal | undefined
}

/** A corporate action as it is applied to some accounts. */
export interface AppliedAction extends CorporateAction {
  readonly accounts: readonly AccountChoice[]
}

/** Whether the units held stay, and others come beside them. */
export function leavesUnits(kind: ActionKind): boolean {
  return kind === 'spin-off' || kind === 'rights'
}
