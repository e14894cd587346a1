import type { Schema } from '@pe/sdk/client.ts'
import { expect, test } from 'vitest'
import { emptyForm, type FormValues } from './form-values.ts'
import { gainExpected } from './gain-expected.ts'
import { type ChosenLots, withChosenLots } from './lot-choices.ts'

const lot = (transactionId: string, acquiredOn: string, quantity: string, amount: string, currency = 'EUR'): Schema<'Lot'> => ({
  accountId: 'a',
  transactionId,
  acquiredOn,
  quantity,
  cost: { amount, currency },
})
const lots = [lot('old', '2026-01-05', '6', '600'), lot('young', '2026-02-02', '8', '880')]
const sale = (more: Partial<FormValues> = {}): FormValues => ({
  ...emptyForm(undefined, '2026-03-02'),
  ...{ kind: 'sell', accountId: 'a', instrumentId: 'x', currency: 'EUR', quantity: '10', price: '125,00', fee: '4,90' },
  ...more,
})
const expected = (values: FormValues, chosen = {}, of = lots) => gainExpected({ lots: of, method: 'fifo', values, chosen, locale: 'de-DE' })

test('a sale as typed tells its gain, by the method and by chosen lots', () => {
  expect(expected(sale())).toEqual({ cost: '1040', gain: '205.1' })
  expect(expected(sale(), { young: '8' })).toEqual({ cost: '1080', gain: '165.1' })
})

test('nothing is told while something is missing, or of more than is held', () => {
  expect(expected(sale({ quantity: '' }))).toBeNull()
  expect(expected(sale({ price: '' }))).toBeNull()
  expect(expected(sale(), {}, [lot('abroad', '2026-01-05', '20', '1', 'USD')])).toBeNull()
  expect(expected(sale({ quantity: '15' }))).toBe('too-many')
})

test('chosen lots are sent with what leaves, and only then', () => {
  const sent = (values: FormValues, chosen: ChosenLots) =>
    withChosenLots({ transaction: { note: '' } }, values, chosen, 'de-DE').transaction
  expect(sent(sale(), { old: '2,5', young: '' })).toEqual({ note: '', lots: [{ transactionId: 'old', quantity: '2.5' }] })
  expect(sent(sale({ kind: 'buy' }), { old: '2' })).toEqual({ note: '' })
})
