import { describe, expect, it } from 'vitest'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { CostMethod } from '../lots/cost-method.ts'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { RateTable } from '../prices/rate-table.ts'
import { plainDate } from '../time/plain-date.ts'
import { Book } from '../valuation/book.ts'
import { lotHistories } from './lot-histories.ts'

const eur = currency('EUR')

function entry(kind: LedgerTransaction['kind'], date: string, units: string, more: Partial<LedgerTransaction> = {}) {
  const common = { accountId: 'Depot', instrumentId: 'VWCE', currency: eur, fee: Decimal.zero, tax: Decimal.zero }
  const stated = { id: `${kind} ${date}`, kind, date: plainDate(date), quantity: Decimal.parse(units), amount: Decimal.parse('100') }
  return { ...common, ...stated, ...more } satisfies LedgerTransaction
}

function histories(transactions: readonly LedgerTransaction[], asOf: string, method: CostMethod = 'fifo') {
  const book = new Book({ transactions, closes: new Map(), rates: RateTable.empty, currencyOf: () => eur })
  return lotHistories(book, {}, plainDate(asOf), { method, currency: eur, rounding: 'minorUnit' })
}

const told = (transactions: readonly LedgerTransaction[], asOf: string, method?: CostMethod) =>
  histories(transactions, asOf, method).map(
    ({ acquiredOn, units, accountIds, terms, days }) =>
      `${units} of ${acquiredOn} in ${accountIds.join('+')}: ${terms.join('+') || 'none'}, ${days}`,
  )

describe('a lot tells where it lies and for how long it was held', () => {
  const leapDay = entry('buy', '2024-02-29', '10')

  it('is short on the anniversary of a leap day, 28 February, and long the day after', () => {
    expect(told([leapDay], '2025-02-28')).toEqual(['10 of 2024-02-29 in Depot: short, 365'])
    expect(told([leapDay], '2025-03-01')).toEqual(['10 of 2024-02-29 in Depot: long, 366'])
    expect(told([entry('buy', '2023-03-01', '1')], '2024-03-01')).toEqual(['1 of 2023-03-01 in Depot: short, 366'])
  })

  it('that is closed has the terms of its sales and the accounts they took it from', () => {
    const moved = entry('transfer', '2024-06-03', '4', { toAccountId: 'Other', amount: Decimal.zero })
    const early = entry('sell', '2024-12-02', '6')
    const late = entry('sell', '2025-03-03', '4', { accountId: 'Other' })
    const all = [leapDay, moved, early, late]
    expect(told(all, '2024-07-01')).toEqual(['10 of 2024-02-29 in Depot+Other: short, 123'])
    expect(told(all, '2025-01-02')).toEqual(['4 of 2024-02-29 in Other: short, 308'])
    expect(told(all, '2025-06-02')).toEqual(['0 of 2024-02-29 in Depot+Other: short+long, 368'])
    expect(histories(all, '2025-06-02')[0]?.takings.map(({ accountId, term, days }) => [accountId, term, days])).toEqual([
      ['Depot', 'short', 277],
      ['Other', 'long', 368],
    ])
  })

  it('has no term in an average, and what is owed is short however long', () => {
    expect(told([leapDay], '2026-03-02', 'average-cost')).toEqual(['10 of 2024-02-29 in Depot: none, 732'])
    expect(told([entry('sell', '2024-02-29', '3')], '2026-03-02')).toEqual(['-3 of 2024-02-29 in Depot: short, 732'])
  })
})
