import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Lot } from '../lots/lot.ts'
import { Decimal } from '../money/decimal.ts'
import { bothKnown, type Known } from '../prices/known.ts'
import { minusKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'

/**
 * One closing transaction and the lots it closed, or the lots of an account and an instrument that are still open (docs/specs/trades.md).
 * Amounts are positive and in the currency of the view; by the options of the question with or without fees and taxes.
 */
export interface Trade {
  readonly side: 'long' | 'short'
  readonly accountId: string
  readonly instrumentId: string
  /** The sale or delivery that closed a long trade, the purchase that covered a short one; null while it is open. */
  readonly closing: LedgerTransaction | null
  /** The day on which its oldest lot was acquired (of a short one: sold). */
  readonly openedOn: PlainDate
  /** The day of the closing transaction; of an open trade the day it is looked at. */
  readonly endsOn: PlainDate
  readonly units: Decimal
  /** The parts of lots that it consists of, in the order in which they were closed; a short lot has negative units and a negative cost. */
  readonly lots: readonly Lot[]
  /** What the lots were opened for: paid for long ones, received for short ones, at the rates of their days (or those recorded). */
  readonly entry: Known<Decimal>
  /** What closing them brought (long) or cost (short); of an open trade units × close. */
  readonly exit: Known<Decimal>
}

/** Long: exit − entry, short: entry − exit. In the currency of the view. */
export function profitOfTrade({ side, entry, exit }: Trade): Known<Decimal> {
  return side === 'long' ? minusKnown(exit, entry) : minusKnown(entry, exit)
}

/** Long: exit / entry − 1, short: 1 − exit / entry; a fraction, null where the entry was worth nothing. */
export function returnOfTrade({ side, entry, exit }: Trade): Known<Decimal | null> {
  return bothKnown(entry, exit, (opened, closed) => {
    if (opened.isZero()) return null
    const multiple = closed.ratio(opened)
    return side === 'long' ? multiple.minus(Decimal.one) : Decimal.one.minus(multiple)
  })
}
