import type { Schema } from '@pe/sdk/client.ts'
import { expect, test } from 'vitest'
import { journalRows, kindOf, rowIdOf } from './journal-rows.ts'
import { income, purchase } from './legs.fixture.ts'

const plain: Schema<'Transaction'> = { ...purchase, id: 'alone', event: null }

test('the legs of an event are one row, whichever comes first, with its units and the cash of all', () => {
  for (const legs of [
    [income, purchase],
    [purchase, income],
  ]) {
    const rows = journalRows([plain, ...legs], new Set())
    expect(rows.map(rowIdOf)).toEqual(['alone', 'event e1'])
    expect(rows[1]).toMatchObject({
      id: 'i1',
      quantity: '2',
      amount: '210',
      tax: '38.85',
      cashEffect: { amount: '-38.85', currency: 'EUR' },
    })
    expect(rows.map(kindOf)).toEqual(['buy', 'dividend-reinvested'])
  }
})

test('it opens to its legs, and a leg that stands alone is shown as itself', () => {
  const opened = journalRows([purchase, income], new Set(['event e1']))
  expect(opened.map((row) => [row.id, row.within ?? false])).toEqual([
    ['i1', false],
    ['i1', true],
    ['p1', true],
  ])
  expect(new Set(opened.map(rowIdOf)).size).toBe(3)
  expect(journalRows([income], new Set())).toEqual([income])
})

test('cash that is not known of a leg is not known of the event', () => {
  expect(journalRows([income, { ...purchase, cashEffect: null }], new Set())[0]?.cashEffect).toBeNull()
})
