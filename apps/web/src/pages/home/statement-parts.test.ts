import { expect, test } from 'vitest'
import { performance } from '../../testing/sample-book.ts'
import { sentenceParts } from './statement-parts.ts'

const statement = performance.statement ?? expect.unreachable()

test('names what added and what took, each largest first, and leaves zero out', () => {
  const parts = sentenceParts(statement)
  expect(parts?.change.toString()).toBe('210')
  expect(parts?.added).toEqual([
    { words: 'pricesAdded', amount: '180' },
    { words: 'paidIn', amount: '50' },
    { words: 'incomeAdded', amount: '20' },
  ])
  expect(parts?.took).toEqual([
    { words: 'currencyTook', amount: '30' },
    { words: 'costsTook', amount: '10' },
  ])
})

test('says nothing where a part is unknown', () => {
  expect(sentenceParts({ ...statement, income: { amount: null, currency: 'EUR', reason: 'missing-rate' } })).toBeNull()
})
