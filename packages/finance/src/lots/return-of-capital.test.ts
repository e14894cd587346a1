import { describe, expect, it } from 'vitest'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { type Currency, currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Converter } from '../prices/converter.ts'
import { certain, type Known } from '../prices/known.ts'
import { RateTable } from '../prices/rate-table.ts'
import { plainDate } from '../time/plain-date.ts'
import type { Lot } from './lot.ts'
import { afterReturnOfCapital } from './return-of-capital.ts'

const [eur, usd] = [currency('EUR'), currency('USD')]
const d = Decimal.parse
const paidBack = (amount: string, more: Partial<LedgerTransaction> = {}): LedgerTransaction => ({
  ...{ id: 'back', kind: 'return-of-capital', date: plainDate('2026-06-01'), accountId: 'A', instrumentId: 'VWCE', currency: eur },
  ...{ amount: d(amount), fee: Decimal.zero, tax: Decimal.zero },
  ...more,
})
const lot = (units: string, cost: string, own: Currency = eur): Lot => ({
  ...{ accountId: 'A', instrumentId: 'VWCE', transactionId: `bought ${units}`, acquiredOn: plainDate('2026-01-05'), currency: own },
  ...{ units: d(units), purchase: null, fee: null },
  cost: { transaction: d(cost), instrument: certain(d(cost)), reporting: certain(d(cost)) },
})

/** Lots as units and their costs: as paid, in the currency of the instrument, in the reporting currency. */
const told = (lots: readonly Lot[]) => {
  const text = (value: Known<Decimal>) => (value.known ? value.value : value.reason)
  return lots.map(({ units, cost }) => [units, cost.transaction ?? '–', text(cost.instrument), text(cost.reporting)].join(' '))
}
function after(entry: LedgerTransaction, lots: readonly Lot[], rounding: 'minorUnit' | 'none' = 'minorUnit') {
  const units = Decimal.sum(lots.map((each) => each.units))
  const converter = new Converter(RateTable.empty, { rounding })
  const { lots: left, relieved } = afterReturnOfCapital(entry, lots, units, { instrument: eur, reporting: eur, rounding }, converter)
  return { left: told(left), relieved: told(relieved) }
}

describe('capital that comes back', () => {
  it('lowers the cost of each lot by its share of the units', () => {
    expect(after(paidBack('10'), [lot('1', '50'), lot('4', '150')])).toEqual({
      left: ['1 48 48 48', '4 142 142 142'],
      relieved: ['0 2 2 2', '0 8 8 8'],
    })
  })

  it('is shared out to the cent, half a cent up; the last lot gets what is left', () => {
    expect(after(paidBack('0.05'), [lot('1', '50'), lot('1', '50')]).relieved).toEqual(['0 0.03 0.03 0.03', '0 0.02 0.02 0.02'])
    expect(after(paidBack('100'), [lot('1', '50'), lot('1', '50'), lot('1', '50')]).relieved).toEqual([
      ...['0 33.33 33.33 33.33', '0 33.33 33.33 33.33', '0 33.34 33.34 33.34'],
    ])
  })

  it('is shared out exactly where nothing is rounded', () => {
    expect(after(paidBack('0.05'), [lot('1', '50'), lot('1', '50')], 'none').relieved).toEqual([
      '0 0.025 0.025 0.025',
      '0 0.025 0.025 0.025',
    ])
  })

  it('lowers a cost to nothing and never below', () => {
    expect(after(paidBack('100'), [lot('1', '30'), lot('1', '60')])).toEqual({
      left: ['1 0 0 0', '1 10 10 10'],
      relieved: ['0 30 30 30', '0 50 50 50'],
    })
  })

  it('says nothing of a cost paid in another currency, and nothing is known without a rate', () => {
    expect(after(paidBack('10'), [lot('1', '50', usd)])).toEqual({ left: ['1 – 40 40'], relieved: ['0 – 10 10'] })
    expect(after(paidBack('10', { currency: usd }), [lot('1', '50', usd)])).toEqual({
      left: ['1 40 missing-rate missing-rate'],
      relieved: ['0 10 missing-rate missing-rate'],
    })
  })

  it('is a gain, all of it, where nothing is held any more', () => {
    expect(after(paidBack('10'), [])).toEqual({ left: [], relieved: ['0 – 0 0'] })
    const { relieved } = afterReturnOfCapital(
      paidBack('10'),
      [],
      Decimal.zero,
      { instrument: eur, reporting: eur, rounding: 'minorUnit' },
      new Converter(RateTable.empty, { rounding: 'minorUnit' }),
    )
    expect(relieved).toMatchObject([{ transactionId: 'back', instrumentId: 'VWCE', accountId: 'A', acquiredOn: '2026-06-01' }])
  })
})
