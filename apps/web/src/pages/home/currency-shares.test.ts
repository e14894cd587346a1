import { expect, test } from 'vitest'
import { holdings as book } from '../../testing/sample-book.ts'
import { holdingRows } from '../holdings/holding-row.ts'
import { currencyShares } from './currency-shares.ts'

test('cash weighs what the table of holdings says it weighs, and the currencies make 100.00', () => {
  const [held] = book.holdings
  const [cash] = book.cash
  if (!held || !cash) throw new Error('the book of the tests holds something')
  const of = (amount: string) => ({ value: { amount, currency: 'EUR' }, weight: { value: Number(amount) / 10_000 } })
  // by itself the cash is nearer to 8.06 %; beside three holdings, whose rests are larger, it is shown as 8.05 %
  const sample = {
    ...book,
    holdings: ['3064.80', '3064.80', '3064.84'].map((amount) => ({ ...held, ...of(amount), instrumentCurrency: 'USD' })),
    cash: [{ ...cash, ...of('805.56') }],
  }
  const shown = holdingRows(sample, () => 'cash').at(-1)?.weight.value
  expect(shown).toBe(0.0805)
  const shares = currencyShares(sample)
  expect(shares.find(({ currency }) => currency === 'EUR')).toMatchObject({ value: '805.56', weight: shown })
  expect(shares.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
})
