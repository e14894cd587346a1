import { describe, expect, it } from 'vitest'
import { importReport, rowLines } from '../commands/import-report.ts'
import { decimalText, moneyText, ratioText } from './figures.ts'
import { table } from './table.ts'

describe('figures at the terminal', () => {
  it.each([
    ['4131.99', 2, '4,131.99'],
    ['-1234567.5', 2, '-1,234,567.50'],
    ['15', 0, '15'],
    ['492.405623', 0, '492.405623'],
    ['0.10', 0, '0.1'],
    ['123456789012345678901234567890.12', 2, '123,456,789,012,345,678,901,234,567,890.12'],
  ])('%s with %i places is %s', (text, places, shown) => {
    expect(decimalText(text, places)).toBe(shown)
  })

  it('say why they are unknown, and never show a zero for it', () => {
    expect(moneyText({ amount: null, currency: 'EUR', reason: 'missing-rate' })).toBe('? (missing-rate)')
    expect(ratioText({ value: null })).toBe('?')
    expect(ratioText({ value: -0.00004 })).toBe('-0.00 %')
  })

  it('stand under each other', () => {
    const shown = table(
      [{ title: 'Name' }, { title: 'Units', right: true }],
      [
        ['Käse', '5'],
        ['A', '1,234'],
      ],
    )
    expect(shown).toBe('Name  Units\n────  ─────\nKäse      5\nA     1,234')
  })
})

describe('the report of an import', () => {
  const counts = { rows: 3, ok: 1, duplicate: 0, ignored: 1, needsDecision: 0, error: 1, drafts: 0 }
  const one = {
    id: '1',
    fileName: 'a.csv',
    size: 10,
    state: 'previewed',
    format: 'csv',
    variant: 'CSV, 7 columns',
    variantNote: { code: 'csv', facts: { count: '7' } },
    content: 'transactions',
    mapping: null,
    sample: null,
    portfolio: 'Main',
    portfolioId: null,
    baseCurrency: 'EUR',
    counts,
    adds: { accounts: 1, instruments: 0, transactions: 1, closes: 0, rates: 0, taxonomies: 0 },
    warnings: ['no cash'],
    notes: [],
    createdAt: '2026-11-22T10:00:00Z',
    committedAt: null,
    undoneAt: null,
  } as const

  it('accounts for every row', () => {
    expect(importReport({ ...one, warnings: [...one.warnings], notes: [] })).toBe(
      'a.csv: CSV, 7 columns, into Main\n3 rows: 1 ok, 1 ignored, 1 error\nWould add: 1 account, 1 transaction\nno cash',
    )
  })

  it('says how many become drafts, and of each why: a day in the future is only one reason', () => {
    const drafts = { ...one, warnings: [], notes: [], counts: { ...counts, rows: 2, ok: 2, ignored: 0, error: 0, drafts: 2 } }
    expect(importReport(drafts)).toContain('2 rows: 2 ok (2 as drafts, which do not count yet)\n')
    const row = { row: 1, state: 'ok', draft: true, becomes: 'fee', account: null, instrument: null, quantity: null } as const
    const rest = { amount: '49', currency: 'USD', field: null, code: null, note: null } as const
    const lines = rowLines([
      { ...row, ...rest, line: 3, date: '2021-09-01', reason: 'a cost while nothing is held' },
      { ...row, ...rest, line: 4, date: '2050-01-01', reason: null },
    ])
    expect(lines.join('\n')).toMatch(/3 {2}draft +a cost while nothing is held/)
    expect(lines.join('\n')).toMatch(/4 {2}draft +dated 2050-01-01/)
  })

  it('names line and reason of those that are not taken', () => {
    const row = {
      row: 1,
      line: 2,
      becomes: null,
      draft: false,
      date: null,
      account: null,
      instrument: null,
      quantity: null,
      amount: null,
      currency: null,
      code: null,
      note: null,
    } as const
    const lines = rowLines([
      { ...row, state: 'ok', field: null, reason: null },
      { ...row, line: 14, state: 'error', field: 'Fee', reason: '"x" is no number' },
    ])
    expect(lines.join('\n')).toContain('  14  error  Fee    "x" is no number')
    expect(lines.join('\n')).not.toContain(' ok ')
  })
})
