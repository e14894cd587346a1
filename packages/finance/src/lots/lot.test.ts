import { describe, expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { certain, type Known, unknown } from '../prices/known.ts'
import { plainDate } from '../time/plain-date.ts'
import { byAcquisition, type CostUnits, type Lot, mergeLots, priceOf, splitLot } from './lot.ts'

const [eur, usd, jpy] = [currency('EUR'), currency('USD'), currency('JPY')]
const d = Decimal.parse
const toTheCent: CostUnits = { instrument: usd, reporting: eur, rounding: 'minorUnit' }
const missing = unknown('missing-rate', 'no rate')

interface Told extends Partial<Omit<Lot, 'units' | 'fee' | 'cost'>> {
  readonly units: string
  /** As paid, in the currency of the instrument, in the reporting currency; '–' what is not known. */
  readonly cost: readonly [paid: string, instrument: string, reporting: string]
  readonly fee?: string
}

function lot({ units, cost: [paid, instrument, reporting], fee, ...more }: Told): Lot {
  const known = (value: string): Known<Decimal> => (value === '–' ? missing : certain(d(value)))
  return {
    ...{
      accountId: 'A',
      instrumentId: 'VWCE',
      transactionId: 'bought',
      acquiredOn: plainDate('2026-01-05'),
      purchase: null,
      currency: usd,
    },
    ...{ units: d(units), fee: fee === undefined ? null : d(fee) },
    cost: { transaction: paid === '–' ? null : d(paid), instrument: known(instrument), reporting: known(reporting) },
    ...more,
  }
}

/** Units, fee, and the three costs. */
const told = ({ units, fee, cost }: Lot) => {
  const text = (value: Known<Decimal>) => (value.known ? value.value : '–')
  return [units, fee ?? '–', cost.transaction ?? '–', text(cost.instrument), text(cost.reporting)].join(' ')
}

describe('lots by acquisition', () => {
  it('are the oldest first; those of one day stay as they came, and the list as it was', () => {
    const dated = (transactionId: string, day: string) =>
      lot({ units: '1', cost: ['1', '1', '1'], transactionId, acquiredOn: plainDate(day) })
    const list = [
      dated('c1', '2026-03-01'),
      dated('b', '2026-02-01'),
      dated('c2', '2026-03-01'),
      dated('a', '2026-01-01'),
      dated('d', '2026-04-01'),
    ]
    const names = (lots: readonly Lot[]) => lots.map(({ transactionId }) => transactionId).join(' ')
    expect(names(byAcquisition(list))).toBe('a b c1 c2 d')
    expect(names(list)).toBe('c1 b c2 a d')
  })
})

describe('the price of a lot', () => {
  it('is what was paid per unit of the purchase, and none where lots were put together', () => {
    const purchase = { quantity: d('4'), amount: d('110'), currency: usd }
    expect(String(priceOf(lot({ units: '1', cost: ['1', '1', '1'], purchase })))).toBe('27.5 USD')
    expect(priceOf(lot({ units: '1', cost: ['1', '1', '1'] }))).toBeNull()
    expect(priceOf(lot({ units: '1', cost: ['1', '1', '1'], purchase: { ...purchase, quantity: undefined } }))).toBeNull()
  })
})

describe('a part of a lot', () => {
  it('costs its share to the cent, half a cent up, and the rest keeps what is left', () => {
    const { taken, rest } = splitLot(lot({ units: '8', cost: ['100.20', '100.20', '90.52'], fee: '1' }), d('1'), toTheCent)
    expect([told(taken), told(rest)]).toEqual(['1 0.13 12.53 12.53 11.32', '7 0.87 87.67 87.67 79.2'])
  })

  it('is rounded in the places of each currency', () => {
    const whole = lot({ units: '2', cost: ['101', '5.01', '7.03'], currency: jpy })
    expect(told(splitLot(whole, d('1'), toTheCent).taken)).toBe('1 – 51 2.51 3.52')
  })

  it('keeps a cost as paid apart from the same figure in another currency', () => {
    // 101 ¥ halved is 51 ¥; 101 dollars halved are 50.50
    const same = d('101')
    const whole: Lot = {
      ...lot({ units: '2', cost: ['101', '101', '101'], currency: jpy }),
      cost: { transaction: same, instrument: certain(same), reporting: certain(same) },
    }
    expect(told(splitLot(whole, d('1'), toTheCent).taken)).toBe('1 – 51 50.5 50.5')
  })

  it('keeps different costs in one currency apart: a recorded rate there and back may not meet the amount paid', () => {
    expect(told(splitLot(lot({ units: '2', cost: ['10', '12', '14'] }), d('1'), toTheCent).taken)).toBe('1 – 5 6 7')
  })

  it('is exact where nothing is rounded', () => {
    const { taken, rest } = splitLot(lot({ units: '8', cost: ['1', '1', '1'] }), d('1'), { ...toTheCent, rounding: 'none' })
    expect([told(taken), told(rest)]).toEqual(['1 – 0.125 0.125 0.125', '7 – 0.875 0.875 0.875'])
  })

  it('of an unknown cost costs something unknown, and what was not paid stays so', () => {
    const { taken, rest } = splitLot(lot({ units: '2', cost: ['–', '10', '–'] }), d('1'), toTheCent)
    expect([told(taken), told(rest)]).toEqual(['1 – – 5 –', '1 – – 5 –'])
  })

  it('of a gift costs nothing', () => {
    expect(told(splitLot(lot({ units: '3', cost: ['0', '0', '0'], fee: '0' }), d('1'), toTheCent).taken)).toBe('1 0 0 0 0')
  })

  it('says from which lot it was taken; the rest is a lot as any other', () => {
    const whole = lot({ units: '8', cost: ['100', '100', '90'], takenFrom: lot({ units: '9', cost: ['1', '1', '1'] }) })
    const { taken, rest } = splitLot(whole, d('1'), toTheCent)
    expect([taken.takenFrom, rest.takenFrom]).toEqual([whole, undefined])
  })
})

describe('two lots put together', () => {
  const pool = lot({ units: '2', cost: ['20', '20', '18'], fee: '1', purchase: { quantity: d('2'), amount: d('20'), currency: usd } })

  it('of one currency have the sum of units, fees and costs, and the name and day of the first', () => {
    const merged = mergeLots(
      pool,
      lot({ units: '3', cost: ['36', '36', '30'], fee: '2', transactionId: 'later', acquiredOn: plainDate('2026-02-01') }),
    )
    expect(told(merged)).toBe('5 3 56 56 48')
    expect(merged).toMatchObject({ transactionId: 'bought', acquiredOn: '2026-01-05', currency: 'USD', purchase: null })
  })

  it('of two currencies have no cost as paid and no fee, but a cost in each of the others', () => {
    const merged = mergeLots(pool, lot({ units: '3', cost: ['36', '36', '30'], fee: '2', currency: eur }))
    expect([told(merged), merged.currency]).toEqual(['5 – – 56 48', null])
  })

  it('have no known cost where one of them has none', () => {
    expect(told(mergeLots(pool, lot({ units: '3', cost: ['36', '36', '–'], fee: '2' })))).toBe('5 3 56 56 –')
    expect(told(mergeLots(pool, lot({ units: '3', cost: ['–', '–', '30'] })))).toBe('5 – – – 48')
  })
})
