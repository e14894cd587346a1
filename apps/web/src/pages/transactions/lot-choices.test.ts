import type { Schema } from '@pe/sdk/client.ts'
import { expect, test } from 'vitest'
import { withLotsTaken } from './lot-choices.ts'

const lot = (transactionId: string, acquiredOn: string, quantity: string): Schema<'Lot'> => ({
  ...{ transactionId, acquiredOn, quantity },
  accountId: 'depot',
  cost: { amount: '100', currency: 'EUR' },
})
const told = (lots: Schema<'Lot'>[]) => lots.map(({ transactionId, quantity }) => `${quantity} of ${transactionId}`)

test('what a sale took is there to choose again: lots that it closed, and lots that it took a part of', () => {
  const before = [lot('first', '2025-01-06', '6'), lot('second', '2025-02-03', '8')]
  const standing = [lot('second', '2025-02-03', '5'), lot('same day', '2025-03-03', '2')]
  expect(told(withLotsTaken(standing, before))).toEqual(['6 of first', '8 of second', '2 of same day'])
  expect(told(withLotsTaken(standing, []))).toEqual(['5 of second', '2 of same day'])
})
