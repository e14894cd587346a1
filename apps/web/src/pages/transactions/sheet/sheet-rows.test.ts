import { expect, test } from 'vitest'
import { resolveRow, type Vocabulary } from './resolve-row.ts'
import { emptyCells, type SheetColumn, sheetColumns } from './sheet-columns.ts'
import { filled, isChanged, newRow, pasted, readClipboard, standingRow, writeClipboard } from './sheet-rows.ts'

const account = { id: 'a1', name: 'Depot', currency: 'EUR' } as never
const apple = { id: 'i1', name: 'Apple', symbol: 'AAPL' } as never
const words: Vocabulary = {
  locale: 'de-DE',
  kindOf: (text) => (text === 'Kauf' ? 'buy' : text === 'Einlage' ? 'deposit' : null),
  accountOf: (name) => (name === 'Depot' ? account : null),
  instrumentOf: (text) => (text === 'AAPL' ? apple : null),
}
const columnOf = (heading: string) => sheetColumns.find((column) => column === heading.toLowerCase()) ?? null

test('a table from a spreadsheet is read as it is written, quotes and line breaks within cells included', () => {
  const table = [
    ['2026-03-02', 'Kauf', 'a "quoted" note'],
    ['', 'two\nlines', 'tab\there'],
  ]
  expect(readClipboard(writeClipboard(table))).toEqual(table)
  expect(readClipboard('a\tb\r\nc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('pasting fills from the place on, makes new lines past the end and leaves out what has no column', () => {
  let key = 10
  const rows = pasted(
    [newRow(1)],
    { row: 0, column: 10 },
    [
      ['x', 'first', 'beyond'],
      ['', 'second'],
    ],
    columnOf,
    () => key++,
  )
  expect(rows.map(({ key: own, cells }) => [own, cells.toAccount, cells.note])).toEqual([
    [1, 'x', 'first'],
    [10, '', 'second'],
  ])
})

test('a first line of headings says where each column goes', () => {
  const rows = pasted(
    [newRow(1)],
    { row: 0, column: 0 },
    [
      ['Amount', 'Date', 'unknown'],
      ['5', '2026-01-02', '?'],
    ],
    columnOf,
    () => 2,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.cells).toMatchObject({ amount: '5', date: '2026-01-02' })
})

test('the account of a transaction that stands is never typed over, and a line as it was is no change', () => {
  const standing = standingRow(1, { id: 't', accountId: 'a1' } as never, { ...emptyCells, account: 'Depot', note: 'x' })
  const [typed] = filled([standing], { row: 0, column: 2 }, { row: 0, column: 11 }, () => 'y')
  expect(typed?.cells).toMatchObject({ account: 'Depot', note: 'y' })
  expect(isChanged(standing)).toBe(false)
  expect(typed && isChanged(typed)).toBe(true)
})

test('a line states a transaction by words, in the numbers and days of the person', () => {
  const cells = {
    ...emptyCells,
    date: '2.3.2026',
    kind: 'Kauf',
    account: 'Depot',
    instrument: 'AAPL',
    quantity: '1.000',
    price: '12,50',
    fee: '4,9',
  }
  expect(resolveRow(newRow(1, cells), words)).toEqual({
    accountId: 'a1',
    faults: {},
    transaction: {
      kind: 'buy',
      date: '2026-03-02',
      currency: 'EUR',
      state: 'posted',
      instrumentId: 'i1',
      quantity: '1000',
      price: '12.50',
      fee: '4.9',
    },
  })
})

test.each<[Partial<Record<SheetColumn, string>>, Partial<Record<SheetColumn, string>>]>([
  [{ date: '31.02.2026' }, { date: 'unreadable' }],
  [{ kind: 'Kaufen?' }, { kind: 'unreadable' }],
  [{ instrument: 'MSFT' }, { instrument: 'unreadable' }],
  [{ quantity: '' }, { quantity: 'missing', amount: 'missing' }],
  [{ price: 'zwölf' }, { price: 'unreadable', amount: 'missing' }],
  [{ currency: 'XXY' }, { currency: 'unreadable' }],
  [{ toAccount: 'Depot' }, { toAccount: 'notTaken' }],
  [{ kind: 'Einlage' }, { instrument: 'notTaken', quantity: 'notTaken', price: 'notTaken', amount: 'missing' }],
])('%j is at fault in %j', (change, faults) => {
  const cells = {
    ...emptyCells,
    date: '02.03.2026',
    kind: 'Kauf',
    account: 'Depot',
    instrument: 'AAPL',
    quantity: '1',
    price: '12,50',
    ...change,
  }
  expect(resolveRow(newRow(1, cells), words)).toMatchObject({ faults, transaction: null })
})
