import type { LedgerTransaction } from '../ledger/transaction.ts'
import { type Currency, digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Converter } from '../prices/converter.ts'
import { bothKnown, certain, type Known, whenKnown } from '../prices/known.ts'
import type { CostUnits, Lot } from './lot.ts'

/**
 * What lots cost after capital came back: each lot's cost is lowered by its share (by units, the last lot gets what is left), at most to
 * nothing. `relieved` are the parts taken away, lots of no units: what was paid beyond them is a gain.
 */
export function afterReturnOfCapital(
  entry: LedgerTransaction,
  lots: readonly Lot[],
  units: Decimal,
  costUnits: CostUnits,
  converter: Converter,
): { lots: Lot[]; relieved: Lot[] } {
  const { amount, currency, date, rate } = entry
  const shares = (total: Decimal, digits: number): Decimal[] =>
    sharesByUnits(total, lots, units, costUnits.rounding === 'minorUnit' ? digits : null)
  const converted = (to: Currency): Known<readonly Decimal[]> =>
    whenKnown(converter.convert(amount, currency, to, date, rate), (total) => shares(total, digitsOf(to)))
  const [own, instrument, reporting] = [shares(amount, digitsOf(currency)), converted(costUnits.instrument), converted(costUnits.reporting)]
  const relieved: Lot[] = []
  const left = lots.map((lot, at) => {
    const part = (cost: Known<Decimal>, shared: Known<readonly Decimal[]>): Known<Decimal> =>
      bothKnown(cost, shared, (paid, back) => atMost(back[at] ?? Decimal.zero, paid))
    const paid = lot.cost.transaction && lot.currency === currency ? atMost(own[at] ?? Decimal.zero, lot.cost.transaction) : null
    const gone = { transaction: paid, instrument: part(lot.cost.instrument, instrument), reporting: part(lot.cost.reporting, reporting) }
    relieved.push({ ...lot, units: Decimal.zero, fee: null, cost: gone, takenFrom: lot })
    const less = (cost: Known<Decimal>, minus: Known<Decimal>): Known<Decimal> => bothKnown(cost, minus, (a, b) => a.minus(b))
    return {
      ...lot,
      cost: {
        transaction: lot.cost.transaction && paid && lot.cost.transaction.minus(paid),
        instrument: less(lot.cost.instrument, gone.instrument),
        reporting: less(lot.cost.reporting, gone.reporting),
      },
      takenFrom: undefined,
    }
  })
  return { lots: left, relieved: relieved.length > 0 ? relieved : [nothingHeld(entry)] }
}

/** Capital came back for units that are no longer there: all of it is a gain. */
function nothingHeld({ accountId, instrumentId = '', id, date }: LedgerTransaction): Lot {
  const none = certain(Decimal.zero)
  const cost = { transaction: null, instrument: none, reporting: none }
  return {
    accountId,
    instrumentId,
    transactionId: id,
    acquiredOn: date,
    units: Decimal.zero,
    purchase: null,
    currency: null,
    fee: null,
    cost,
  }
}

function sharesByUnits(total: Decimal, lots: readonly Lot[], units: Decimal, digits: number | null): Decimal[] {
  let rest = total
  return lots.map((lot, at) => {
    const product = total.times(lot.units)
    const exact = digits === null ? product.ratio(units) : product.dividedBy(units, { scale: digits, rounding: 'half-away-from-zero' })
    const share = at === lots.length - 1 ? rest : exact
    rest = rest.minus(share)
    return share
  })
}

function atMost(share: Decimal, cost: Decimal): Decimal {
  return cost.isLessThan(share) ? cost : share
}
