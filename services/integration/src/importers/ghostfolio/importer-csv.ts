import { quoteUnit } from '@pe/finance/money/currency.ts'
import { type Because, because, fileNote } from '../because.ts'
import { normal } from '../csv/fields.ts'
import { openTable, type Table } from '../csv/open-table.ts'
import type { TableRow } from '../csv/plain-lines.ts'
import type { ImportedFile, ImportedTransaction } from '../imported-file.ts'
import type { Importer, ReadOptions, Source } from '../importer.ts'
import { maxTransactionRows, withinRowLimit } from '../limits.ts'
import { inboundFirst } from '../recording-order.ts'
import { RowLog } from '../row-log.ts'
import { unknownFormat } from '../source/broken-file.ts'
import { withoutCash } from '../trade-only.ts'
import { type Moment, momentIn, readDate } from '../values/read-date.ts'
import { readNumber, unsigned } from '../values/read-number.ts'
import { SourceKeys } from '../values/source-key.ts'
import { activityTypes, transactionOf } from './activity.ts'
import { AssetBook } from './assets.ts'
import { defaultAccount } from './importer-json.ts'

/** Header names by field, case-insensitive; the first alias that a file has is taken, as Ghostfolio's own reader does. */
const aliases = {
  account: ['account', 'accountid'],
  comment: ['comment', 'note'],
  currency: ['ccy', 'currency', 'currencyprimary'],
  dataSource: ['datasource'],
  date: ['date', 'tradedate'],
  fee: ['commission', 'fee', 'ibcommission'],
  quantity: ['qty', 'quantity', 'shares', 'units'],
  symbol: ['code', 'symbol', 'ticker'],
  type: ['action', 'buy/sell', 'type'],
  unitPrice: ['price', 'tradeprice', 'unitprice', 'value'],
} as const
type Field = keyof typeof aliases
const needed: readonly Field[] = ['currency', 'date', 'fee', 'quantity', 'symbol', 'type', 'unitPrice']
const patterns = ['dd-MM-yyyy', 'dd/MM/yyyy', 'dd.MM.yyyy', 'yyyy/MM/dd', 'yyyy.MM.dd', 'yyyyMMdd']
/** Types that Ghostfolio does not know: a file with one of them is somebody else's. */
const foreign = new Set([
  'deposit',
  'withdrawal',
  'transfer',
  'tax',
  'taxes',
  'removal',
  'withdraw',
  'einlage',
  'entnahme',
  'kauf',
  'verkauf',
  'deliveryin',
  'deliveryout',
])

/** Ghostfolio's CSV, which is any CSV with its header names. Dates may be written differently from cell to cell; signs are ignored. */
export const ghostfolioCsv: Importer = {
  format: 'ghostfolio',

  detect(source, { mapping }) {
    if (mapping && Object.keys(mapping.columns).length > 0) return false
    const table = openTable(source, mapping)
    if (!table) return false
    const columns = columnsOf(table)
    const type = columns.get('type')
    return (
      needed.every((field) => columns.has(field)) &&
      type !== undefined &&
      !table.first.some(({ cells }) => foreign.has(normal(cells[type] ?? '')))
    )
  },

  async read(source: Source, options: ReadOptions): Promise<ImportedFile> {
    const table = openTable(source, options.mapping)
    if (!table) throw unknownFormat('no delimiter gives this text columns')
    const columns = columnsOf(table)
    const rows = new RowLog()
    const [assets, keys] = [new AssetBook(), new SourceKeys()]
    const accounts = new Map<string, string>()
    const transactions: ImportedTransaction[] = []
    let count = 0
    const see = (row: TableRow): void => {
      withinRowLimit(++count, maxTransactionRows, row.line)
      const activity = activityOf(row, columns, table.headers, options.timeZone, rows)
      const transaction = activity && transactionOf(activity, assets, keys, options.today, rows)
      if (!transaction) return
      transactions.push(transaction)
      if (!accounts.has(transaction.accountKey)) accounts.set(transaction.accountKey, transaction.currency ?? 'USD')
    }
    for await (const piece of table.rows()) for (const row of piece) see(row)
    const cash = options.mapping?.trades === 'cash'
    const ordered = inboundFirst(transactions)
    return {
      format: 'ghostfolio',
      variant: `CSV, ${table.headers.length} columns`,
      variantNote: { code: 'csv', facts: { count: String(table.headers.length) } },
      content: 'transactions',
      mapping: options.mapping ?? null,
      sample: null,
      needsMapping: false,
      baseCurrency: null,
      instruments: assets.instruments(),
      accounts: [...accounts].map(([key, currency]) => ({
        key,
        account: { name: key === defaultAccount.key ? defaultAccount.name : key.slice(0, 200), currency },
      })),
      transactions: cash ? ordered : withoutCash(ordered, rows),
      closes: [],
      rates: [],
      rows,
      notes: cash ? [] : [fileNote('no-cash-movements')],
    }
  },
}

function columnsOf(table: Table): Map<Field, number> {
  const columns = new Map<Field, number>()
  const headers = table.headers.map((name) => name.trim().toLowerCase())
  for (const [field, names] of Object.entries(aliases) as [Field, readonly string[]][]) {
    const at = headers.findIndex((name) => names.includes(name))
    if (at !== -1) columns.set(field, at)
  }
  return columns
}

function activityOf(
  { line, cells }: TableRow,
  columns: ReadonlyMap<Field, number>,
  headers: readonly string[],
  timeZone: string,
  rows: RowLog,
) {
  const cell = (field: Field): string => (cells[columns.get(field) ?? -1] ?? '').trim()
  const no = (field: Field, why: Because, code = 'bad_request'): null => {
    rows.add(line, { state: 'error', field: headers[columns.get(field) ?? -1] ?? field, code, ...why, instrument: cell('symbol') || null })
    return null
  }
  if (cells.filter((text) => text.trim() !== '').length <= 1) {
    rows.add(line, { state: 'ignored', ...because('no-data') })
    return null
  }
  if (cells.length > headers.length && cells.slice(headers.length).some((text) => text.trim() !== ''))
    return no('date', because('columns', { count: String(cells.length), header: String(headers.length) }))
  const type = cell('type').toUpperCase()
  if (!(activityTypes as readonly string[]).includes(type))
    return no('type', because('no-activity', { value: cell('type'), types: activityTypes.join(', ') }))
  const moment = anyDate(cell('date'), timeZone)
  if (!moment) return no('date', because('no-date', { value: cell('date') }))
  const numbers: Partial<Record<Field, string>> = {}
  for (const field of ['quantity', 'unitPrice', 'fee'] as const) {
    const number = cell(field) === '' ? '0' : readNumber(cell(field), '.')
    if (number === null) return no(field, because('no-number', { value: cell(field) }))
    numbers[field] = unsigned(number)
  }
  if (!quoteUnit(cell('currency'))) return no('currency', because('no-currency', { value: cell('currency') }), 'unknown_currency')
  const isCost = type === 'FEE' || type === 'INTEREST' || type === 'LIABILITY'
  const account = (cell('account') || defaultAccount.key).slice(0, 200)
  return {
    row: rows.add(line, { state: 'ok' }),
    accountKey: account,
    accountName: cell('account') || defaultAccount.name,
    type,
    moment,
    symbol: cell('symbol'),
    dataSource: cell('dataSource').toUpperCase() || (isCost ? 'MANUAL' : 'YAHOO'),
    currency: cell('currency'),
    quantity: numbers.quantity ?? '0',
    unitPrice: numbers.unitPrice ?? '0',
    fee: numbers.fee ?? '0',
    comment: cell('comment'),
  }
}

/** By the cell, not by the column: Ghostfolio's own sample writes dates in four ways. */
function anyDate(cell: string, timeZone: string): Moment | null {
  // most files write it so; the patterns exclude each other, so the order does not matter
  const iso = readDate(cell, 'yyyy-MM-dd', timeZone)
  if (iso) return iso
  for (const pattern of patterns) {
    const moment = readDate(cell, pattern, timeZone)
    if (moment) return moment
  }
  return momentIn(cell, timeZone)
}
