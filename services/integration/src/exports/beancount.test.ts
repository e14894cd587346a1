import type { Account } from '@pe/contracts/accounts.ts'
import type { Instrument } from '@pe/contracts/market.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { describe, expect, it } from 'vitest'
import { beancountText } from './beancount.ts'

const eur = currency('EUR')
const usd = currency('USD')
const money = (text: string) => Decimal.parse(text)

function entry(kind: LedgerTransaction['kind'], date: string, more: Partial<LedgerTransaction>): LedgerTransaction {
  return {
    id: `${kind} ${date}`,
    kind,
    date: plainDate(date),
    accountId: 'a',
    amount: money('0'),
    currency: eur,
    fee: money('0'),
    tax: money('0'),
    ...more,
  }
}

const account = (id: string, name: string): [string, Account] => [
  id,
  {
    id,
    name,
    currency: 'EUR',
    openedOn: null,
    allowsShort: true,
    archivedOn: null,
    note: '',
    transactionCount: 0,
    createdAt: '',
    version: 1,
  },
]
const instrument = (id: string, symbol: string): [string, Instrument] => [
  id,
  {
    id,
    name: `The "${symbol}"`,
    symbol,
    kind: 'stock',
    currency: 'EUR',
    quoteUnit: 'EUR',
    generated: false,
    lastClose: null,
    createdAt: '',
    version: 1,
  },
]

const book = (entries: LedgerTransaction[]): string =>
  [
    ...beancountText({
      title: 'Test',
      currency: 'EUR',
      accounts: new Map([account('a', 'Depot (Main)'), account('b', '3. Konto')]),
      instruments: new Map([instrument('x', 'ABC'), instrument('y', 'Müll & Söhne')]),
      entries,
      noteOf: (id) => (id.startsWith('buy') ? 'said "so"\nin two lines' : ''),
      converter: new Converter(RateTable.empty, { rounding: 'minorUnit' }),
    }),
  ].join('')

const shape =
  /^ {2}([A-Z][\w-]*(?::[A-Z0-9][\w-]*)+) {2}(-?[\d.]+) ([A-Z][A-Z0-9._-]*[A-Z0-9])(?: \{([\d.]+) ([A-Z]{3}), \d{4}-\d\d-\d\d\})?$/

/** Weighs every transaction of a text: units at cost weigh units × cost. Answers the sums that are not zero, and what each account holds. */
function weighed(text: string): { off: string[]; held: Map<string, string>; transactions: number } {
  const [off, held]: [string[], Map<string, Decimal>] = [[], new Map()]
  let transactions = 0
  const opened = new Set([...text.matchAll(/^\d{4}-\d\d-\d\d open (\S+)$/gm)].map((found) => found[1]))
  for (const block of text.split('\n\n')) {
    const [head = '', ...lines] = block.split('\n')
    if (!/^\d{4}-\d\d-\d\d \* "/.test(head)) continue
    transactions += 1
    const sums = new Map<string, Decimal>()
    for (const line of lines) {
      const [, name = '', units = '', unit = '', cost, currencyOfCost] = shape.exec(line) ?? []
      if (!opened.has(name)) off.push(`${line} of ${head} is not opened`)
      const weight = cost === undefined ? Decimal.parse(units) : Decimal.parse(units).times(Decimal.parse(cost))
      const of = currencyOfCost ?? unit
      sums.set(of, (sums.get(of) ?? Decimal.zero).plus(weight))
      held.set(`${name} ${unit}`, (held.get(`${name} ${unit}`) ?? Decimal.zero).plus(Decimal.parse(units)))
    }
    for (const [unit, sum] of sums) if (!sum.isZero()) off.push(`${head}: ${sum} ${unit}`)
  }
  return { off, held: new Map([...held].map(([name, units]) => [name, units.toString()])), transactions }
}

describe('a book as beancount text', () => {
  const abc = { instrumentId: 'x', quantity: money('3') }
  const entries = [
    entry('deposit', '2026-01-01', { amount: money('1000') }),
    entry('buy', '2026-01-02', { ...abc, amount: money('10'), fee: money('1.5') }),
    entry('buy', '2026-01-03', { ...abc, amount: money('20'), cashCurrency: usd, rate: { from: eur, to: usd, value: money('1.1') } }),
    entry('sell', '2026-02-01', { ...abc, quantity: money('4'), amount: money('60'), tax: money('2') }),
    entry('dividend', '2026-02-02', { instrumentId: 'x', amount: money('5'), tax: money('1') }),
    entry('transfer', '2026-02-03', { ...abc, quantity: money('1'), toAccountId: 'b' }),
    entry('split', '2026-02-04', { ...abc, quantity: money('2') }),
    entry('currency-exchange', '2026-02-05', { amount: money('100'), received: { amount: money('110'), currency: usd } }),
    entry('delivery-in', '2026-02-06', { instrumentId: 'y', quantity: money('7'), amount: money('70'), fee: money('1') }),
    entry('conversion', '2026-02-07', {
      instrumentId: 'y',
      quantity: money('0'),
      into: { instrumentId: 'x', quantity: money('2'), costShare: money('0.25') },
    }),
    entry('sell', '2026-03-01', { instrumentId: 'y', quantity: money('9'), amount: money('90') }),
    entry('return-of-capital', '2026-03-02', { instrumentId: 'x', amount: money('3') }),
    entry('fee', '2026-03-03', { amount: money('4') }),
    entry('withdrawal', '2026-03-04', { amount: money('50') }),
  ]

  it('balances every transaction, and holds what the ledger holds', () => {
    const text = book(entries)
    const { off, held, transactions } = weighed(text)
    expect(off).toEqual([])
    expect(transactions).toBe(entries.length)
    expect(held.get('Assets:Depot-Main:ABC ABC')).toBe('5')
    expect(held.get('Assets:3-Konto:ABC ABC')).toBe('1')
    // two more were sold than there were
    expect(held.get('Assets:Depot-Main:MULL-SOHNE MULL-SOHNE')).toBe('-2')
    // 1000 − 11.50 + 58 + 4 − 100 + 90 + 3 − 4 − 50
    expect(held.get('Assets:Depot-Main:Cash EUR')).toBe('989.5')
    expect(held.get('Assets:Depot-Main:Cash USD')).toBe('88')
    // 60 − 10 − 6.67
    expect(Number(held.get('Income:Gains EUR'))).toBeCloseTo(-(60 - 10 - 20 / 3) - (70 - 52.5), 6)
    expect(text).toContain('  Assets:Depot-Main:ABC  3 ABC {3.333333333333 EUR, 2026-01-02}')
    expect(text).toContain('2026-01-02 * "buy" "The \\"ABC\\": said \\"so\\" in two lines"')
  })

  it('shows a checker that can fail', () => {
    expect(weighed(book(entries).replace('1000 EUR', '1001 EUR')).off).toHaveLength(1)
  })
})
