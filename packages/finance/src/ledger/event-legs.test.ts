import { describe, expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { plainDate } from '../time/plain-date.ts'
import { type EventKind, type LedgerEvent, legsOf } from './event-legs.ts'

const d = Decimal.parse
const event = (kind: EventKind, more: Partial<LedgerEvent> = {}): LedgerEvent => ({
  ...{ id: 'e', kind, date: plainDate('2026-03-02'), accountId: 'Depot', instrumentId: 'VWCE', currency: currency('EUR') },
  ...{ quantity: d('0.5'), amount: d('60'), fee: d('1'), tax: d('15') },
  ...more,
})
/** Each leg as a line: id, kind, instrument, units, amount, fee, tax. */
const lines = (of: LedgerEvent) =>
  legsOf(of, (leg) => `${of.id}/${leg}`).map((leg) =>
    [leg.id, leg.kind, leg.instrumentId, leg.quantity ?? '–', leg.amount, leg.fee, leg.tax].join(' '),
  )

describe('the legs of an event', () => {
  it('a reinvested dividend: income with its charges, then a purchase of the same for the gross amount', () => {
    expect(lines(event('dividend-reinvested'))).toEqual(['e/income dividend VWCE – 60 1 15', 'e/purchase buy VWCE 0.5 60 0 0'])
  })

  it('a dividend in kind: units of another instrument', () => {
    expect(lines(event('dividend-in-kind', { receivedInstrumentId: 'SPUN' }))).toEqual([
      'e/income dividend VWCE – 60 1 15',
      'e/purchase buy SPUN 0.5 60 0 0',
    ])
  })

  it('interest in kind is interest', () => {
    expect(lines(event('interest-in-kind'))).toEqual(['e/income interest VWCE – 60 1 15', 'e/purchase buy VWCE 0.5 60 0 0'])
  })

  it('all belong to the same day and accounts', () => {
    const shared = { accountId: 'Depot', cashAccountId: 'Cash', date: plainDate('2026-03-02'), currency: 'EUR' }
    expect(legsOf(event('interest-in-kind', { cashAccountId: 'Cash' }), (leg) => leg)).toMatchObject([shared, shared])
  })
})
