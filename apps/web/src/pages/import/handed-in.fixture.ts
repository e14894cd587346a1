import type { Schema } from '@pe/sdk/client.ts'
import { portfolio } from '../../testing/sample-book.ts'

const id = '01980000-0000-7000-8000-00000000aaaa'
export const none = { rows: 0, ok: 0, duplicate: 0, ignored: 0, needsDecision: 0, error: 0, drafts: 0 }

/** A file of one row that is looked at. */
export const handedIn: Schema<'Import'> = {
  id,
  fileName: 'book.csv',
  size: 100,
  format: 'csv',
  variant: '2 columns by comma, utf-8',
  variantNote: { code: 'table', facts: { count: '2', by: 'comma', encoding: 'utf-8' } },
  content: 'transactions',
  state: 'previewed',
  portfolio: portfolio.name,
  portfolioId: portfolio.id,
  baseCurrency: 'EUR',
  counts: { ...none, rows: 1, ok: 1 },
  adds: { accounts: 1, instruments: 1, transactions: 1, closes: 0, rates: 0, taxonomies: 0 },
  warnings: [],
  notes: [],
  mapping: null,
  sample: null,
  createdAt: '2026-11-20T10:00:00Z',
  committedAt: null,
  undoneAt: null,
}
