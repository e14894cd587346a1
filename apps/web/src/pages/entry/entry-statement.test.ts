import { Decimal } from '@pe/finance/money/decimal.ts'
import { expect, test } from 'vitest'
import { entryStatement } from './entry-statement.ts'

test('the statement beside the sign-in adds up to the cent', () => {
  const { opening, parts, closing } = entryStatement
  expect(parts.reduce((sum, [, amount]) => sum.plus(Decimal.parse(amount)), Decimal.parse(opening)).toString()).toBe(closing)
})
