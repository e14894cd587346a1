import { isCurrency, currency as iso, quoteUnit } from '@pe/finance/money/currency.ts'
import { dateOfDay, dayNumber } from '@pe/finance/time/plain-date.ts'
import { because } from '../because.ts'
import { CloseColumn } from '../close-column.ts'
import type { ImportedCloses, ImportedInstrument, ImportedRates } from '../imported-file.ts'
import { RowLog } from '../row-log.ts'
import type { RowReport } from '../row-report.ts'
import { rowReport } from '../row-report.ts'
import type { MappedRow, MappedTable } from './mapped-table.ts'

export interface SeriesFile {
  readonly instruments: ImportedInstrument[]
  readonly closes: ImportedCloses[]
  readonly rates: ImportedRates[]
  readonly rows: RowLog
}

interface Series {
  /** Its index among all series. */
  readonly place: number
  readonly name: string
  readonly currency: string | null
  readonly column: CloseColumn
  /** Row of each entry of the column. */
  readonly rowOf: number[]
}

type SeriesOf = (key: string, make: () => Omit<Series, 'place'>) => Series

const isinShape = /^[A-Z]{2}[A-Z0-9]{9}[0-9]$/

/** A file of prices or rates: one row, one close or rate. A second value for a day replaces the first, whose row says so. */
export async function readSeries(table: MappedTable, timeZone: string): Promise<SeriesFile> {
  const isRates = table.mapping.content === 'rates'
  const all: Series[] = []
  const bySeries = new Map<string, Series>()
  const instruments: ImportedInstrument[] = []
  const rates: ImportedRates[] = []
  const closes: ImportedCloses[] = []
  // a place is series and entry in one number: entries are below 2^20
  const rows = new RowLog((place, row, line) => shown(all, place, row, line, isRates ? 'rate' : 'close'))
  const seriesOf: SeriesOf = (key, make) => {
    const known = bySeries.get(key)
    if (known) return known
    const made = { ...make(), place: all.length }
    bySeries.set(key, made)
    all.push(made)
    return made
  }
  const see = (row: MappedRow): void => {
    if (row.notData) {
      rows.add(row.line, { state: 'ignored', ...row.notData })
      return
    }
    const fault = table.formats.unclear
      ? { state: 'needs-decision' as const, code: 'decision_needed', ...table.formats.unclear }
      : isRates
        ? rateFault(row, timeZone, table)
        : closeFault(row, timeZone, table)
    if (fault) {
      rows.add(row.line, fault)
      return
    }
    const date = row.date('date', timeZone)?.date
    const value = row.number(isRates ? 'rate' : 'close')
    if (!date || value === null) return
    const series = isRates ? rateSeries(row, table, seriesOf, rates) : closeSeries(row, table, seriesOf, instruments, closes)
    const at = series.column.add(dayNumber(date), value)
    series.rowOf[at] = rows.addPacked(row.line, series.place * 2 ** 20 + at)
  }
  await table.read(see)
  for (const series of all) series.column.inOrder((at) => rows.markDuplicate(series.rowOf[at] ?? 0, 'replaced'))
  return { instruments, closes, rates, rows }
}

function shown(all: readonly Series[], place: number, row: number, line: number, becomes: string): RowReport {
  const series = all[Math.floor(place / 2 ** 20)]
  const at = place % 2 ** 20
  if (!series) return rowReport(row, line, { state: 'ok', becomes })
  const date = dateOfDay(series.column.dayAt(at))
  return rowReport(row, line, {
    state: 'ok',
    becomes,
    date,
    instrument: series.name,
    amount: series.column.valueAt(at),
    currency: series.currency,
  })
}

function rateSeries(row: MappedRow, table: MappedTable, seriesOf: SeriesOf, rates: ImportedRates[]): Series {
  const [base, quote] = pairOf(row, table)
  return seriesOf(`${base}/${quote}`, () => {
    const column = new CloseColumn()
    const rowOf: number[] = []
    rates.push({ base, quote, rates: column, rows: rowOf })
    return { name: `${base}/${quote}`, currency: quote, column, rowOf }
  })
}

function pairOf(row: MappedRow, { mapping }: MappedTable): [string, string] {
  return [
    row.cell('base') || (mapping.columns.base ? '' : (mapping.currency ?? '')),
    row.cell('quote') || (mapping.columns.quote ? '' : (mapping.currency ?? '')),
  ]
}

function closeSeries(
  row: MappedRow,
  { mapping }: MappedTable,
  seriesOf: SeriesOf,
  instruments: ImportedInstrument[],
  closes: ImportedCloses[],
): Series {
  const [isin, symbol, name] = [row.cell('isin'), row.cell('symbol'), row.cell('name')]
  const code = row.cell('currency') || mapping.currency || ''
  const label = name || symbol || isin || mapping.instrument || ''
  const key = [isin, symbol, label, code].join('|')
  return seriesOf(key, () => {
    const unit = quoteUnit(code)
    const column = new CloseColumn()
    instruments.push({
      key,
      instrument: {
        name: label.slice(0, 200),
        currency: unit?.currency ?? null,
        ...(unit && unit.currency !== code ? { quoteUnit: code === 'GBp' ? 'GBX' : code.toUpperCase() } : {}),
        ...(isinShape.test(isin || symbol) ? { isin: isin || symbol } : {}),
        ...(symbol && !isinShape.test(symbol) ? { symbol: symbol.slice(0, 40) } : {}),
      },
    })
    const rowOf: number[] = []
    closes.push({ key, closes: column, rows: rowOf })
    return { name: label, currency: code || null, column, rowOf }
  })
}

type Fault = Partial<RowReport> & { state: 'error' }

function rateFault(row: MappedRow, timeZone: string, table: MappedTable): Fault | null {
  const [base, quote] = pairOf(row, table)
  for (const [field, code] of [
    ['base', base],
    ['quote', quote],
  ] as const)
    if (!isCurrency(code)) return { state: 'error', field, code: 'unknown_currency', ...because('no-currency', { value: code }) }
  if (iso(base) === iso(quote))
    return { state: 'error', field: 'quote', code: 'bad_request', ...because('rate-to-itself', { currency: base }) }
  return valueFault(row, 'rate', timeZone)
}

function closeFault(row: MappedRow, timeZone: string, { mapping }: MappedTable): Fault | null {
  if (!(row.cell('isin') || row.cell('symbol') || row.cell('name') || mapping.instrument))
    return { state: 'error', field: 'symbol', code: 'instrument_missing', ...because('instrument-missing') }
  const code = row.cell('currency') || mapping.currency
  if (code && !quoteUnit(code))
    return { state: 'error', field: 'currency', code: 'unknown_currency', ...because('no-currency', { value: code }) }
  return valueFault(row, 'close', timeZone)
}

function valueFault(row: MappedRow, field: 'rate' | 'close', timeZone: string): Fault | null {
  if (row.misshapen) return { state: 'error', code: 'bad_request', ...row.misshapen }
  if (!row.date('date', timeZone))
    return { state: 'error', field: 'date', code: 'bad_request', ...because('no-date', { value: row.cell('date') }) }
  const value = row.number(field)
  if (value === null) return { state: 'error', field, code: 'bad_request', ...because('no-number', { value: row.cell(field) }) }
  if (value === '0' || value.startsWith('-')) return { state: 'error', field, code: 'not_positive', ...because('not-positive', { value }) }
  return null
}
