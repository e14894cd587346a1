import type { LedgerTransaction } from '../ledger/transaction.ts'
import { Decimal } from '../money/decimal.ts'
import { daysBetween } from '../time/plain-date.ts'
import type { RealisedRow } from './realised-row.ts'

/** Calendar days before and after a sale at a loss in which buying the same again counts. */
export const washSaleDays = 30

/**
 * Units of each loss that were bought again within 30 days before or after, in any account of the pool: each purchase counts once, in the
 * order of the losses, and the units that the sale itself closed are no replacement of it. A hint, no tax advice: units are as bought, and
 * what is substantially the same is for a person to judge.
 * @param pool accounts whose purchases count; by default all
 */
export function washSaleUnits<R extends Omit<RealisedRow, 'washSaleUnits'>>(
  rows: readonly R[],
  transactions: readonly LedgerTransaction[],
  pool?: ReadonlySet<string> | undefined,
): ReadonlyMap<R, Decimal> {
  const losses = rows.filter(({ kind, gain }) => kind === 'sale' && gain.known && gain.value.isNegative())
  const lost = new Set(losses.map(({ instrumentId }) => instrumentId))
  if (losses.length === 0) return new Map()
  const ours = (accountId: string): boolean => pool?.has(accountId) ?? true
  const purchases = transactions.filter(
    ({ kind, instrumentId, accountId }) => kind === 'buy' && instrumentId !== undefined && lost.has(instrumentId) && ours(accountId),
  )
  const byInstrument = Map.groupBy(purchases, ({ instrumentId }) => instrumentId)
  const left = new Map<LedgerTransaction, Decimal>()
  const closedBy = Map.groupBy(rows, ({ transactionId }) => transactionId)
  const found = new Map<R, Decimal>()
  for (const loss of losses) {
    let open = loss.units
    for (const purchase of byInstrument.get(loss.instrumentId) ?? []) {
      if (open.isZero()) break
      if (Math.abs(daysBetween(purchase.date, loss.soldOn)) > washSaleDays) continue
      const sold = (closedBy.get(loss.transactionId) ?? []).filter(({ lotId }) => lotId === purchase.id).map(({ units }) => units)
      const there = (left.get(purchase) ?? purchase.quantity ?? Decimal.zero).minus(Decimal.sum(sold))
      if (!there.isPositive()) continue
      const units = there.isLessThan(open) ? there : open
      left.set(purchase, (left.get(purchase) ?? purchase.quantity ?? Decimal.zero).minus(units))
      open = open.minus(units)
    }
    found.set(loss, loss.units.minus(open))
  }
  return found
}
