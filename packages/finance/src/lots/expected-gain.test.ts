import { expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { certain } from '../prices/known.ts'
import { plainDate } from '../time/plain-date.ts'
import { expectedGain, type PlannedSale } from './expected-gain.ts'
import type { Lot } from './lot.ts'

const [eur, usd] = [currency('EUR'), currency('USD')]
const d = Decimal.parse

function lot(transactionId: string, units: string, paid: string, code = eur): Lot {
  const cost = { transaction: d(paid), instrument: certain(d(paid)), reporting: certain(d(paid)) }
  const common = { accountId: 'A', instrumentId: 'X', acquiredOn: plainDate('2026-01-05'), purchase: null, fee: null }
  return { ...common, transactionId, units: d(units), currency: code, cost }
}

const sale = (more: Partial<PlannedSale> = {}): PlannedSale => ({
  units: d('12'),
  amount: d('2400'),
  fee: d('4.90'),
  currency: eur,
  choices: [],
  ...more,
})
const lots = [lot('old', '10', '1000'), lot('dear', '10', '3000'), lot('young', '10', '2000')]

it.each([
  ['fifo', '795.1'],
  ['lifo', '-204.9'],
  ['hifo', '-1004.9'],
] as const)('by %s the gain would be %s', (method, gain) => {
  expect(String(expectedGain(lots, method, sale())?.gain)).toBe(gain)
})

it('takes chosen lots first, then what the method says', () => {
  const found = expectedGain(lots, 'fifo', sale({ choices: [{ transactionId: 'dear', quantity: d('5') }] }))
  expect(found?.taken.map(({ transactionId, units }) => `${units} of ${transactionId}`)).toEqual(['5 of dear', '7 of old'])
  expect([found?.cost, found?.gain].map(String)).toEqual(['2200', '195.1'])
})

it('is unknown without an amount or in another currency, and nothing beyond what is held', () => {
  expect(expectedGain(lots, 'fifo', sale({ amount: null }))).toMatchObject({ gain: null })
  expect(expectedGain([lot('abroad', '20', '1', usd)], 'fifo', sale())).toMatchObject({ cost: null, gain: null })
  expect(expectedGain(lots, 'fifo', sale({ units: d('31') }))).toBeNull()
})
