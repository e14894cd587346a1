import { setImmediate as takeTurns } from 'node:timers/promises'
import type { Mapping } from '@pe/contracts/integration.ts'
import { fileNote } from '../because.ts'
import type { ImportedFile } from '../imported-file.ts'
import type { Importer, ReadOptions, Source } from '../importer.ts'
import { mostRowsInMemory } from '../limits.ts'
import { asListed } from '../recording-order.ts'
import { RowLog } from '../row-log.ts'
import { unknownFormat } from '../source/broken-file.ts'
import { isTradeOnly, withoutCash } from '../trade-only.ts'
import { ColumnWords } from './column-words.ts'
import { isOwnExport, likelyMapping, obviousMapping } from './fields.ts'
import { mapTable } from './mapped-table.ts'
import { openTable, type Table } from './open-table.ts'
import { readSeries } from './series.ts'
import { longTransactions, readMappedTransactions } from './transactions.ts'

const sampleRows = 20

/** Any CSV of transactions, prices or rates: by a mapping, by obvious headers, or not yet (`needs-mapping` with a sample). */
export const csv: Importer = {
  format: 'csv',

  detect(source, { mapping }) {
    return openTable(source, mapping) !== null
  },

  async read(source: Source, options: ReadOptions): Promise<ImportedFile> {
    const table = openTable(source, options.mapping)
    if (!table) throw unknownFormat('no delimiter gives this text columns')
    const mapping = mappingOf(table, options.mapping)
    const words = new ColumnWords(table.headers.length)
    const about = { format: 'csv', ...variantOf(table), mapping, baseCurrency: null }
    if (!mapping) {
      for await (const rows of table.rows()) for (const { cells } of rows) words.see(cells)
      return {
        ...about,
        mapping: begunMapping(table, options.mapping),
        sample: sampleOf(table, words),
        ...nothing,
        content: 'transactions',
        needsMapping: true,
        rows: new RowLog(),
        notes: [],
      }
    }
    const mapped = await mapTable(table, mapping, words)
    const sample = sampleOf(table, words)
    const notes = table.preamble > 0 ? [fileNote('rows-before-header', { count: String(table.preamble) })] : []
    if (mapping.content !== 'transactions') {
      const series = await readSeries(mapped, options.timeZone)
      return { ...about, sample, ...nothing, ...series, content: mapping.content, needsMapping: false, notes }
    }
    if (mapped.count > (options.mostRowsInMemory ?? mostRowsInMemory)) {
      const long = longTransactions(mapped, options)
      return { ...about, sample, ...nothing, content: 'transactions', needsMapping: false, rows: new RowLog(), notes, long }
    }
    const file = await readMappedTransactions(mapped, options)
    await takeTurns()
    const listed = asListed(file.transactions)
    const asDeliveries = mapping.trades === 'delivery' || (mapping.trades === undefined && isTradeOnly(listed))
    if (asDeliveries && listed.length > 0) notes.push(fileNote('no-cash-movements'))
    const transactions = asDeliveries ? withoutCash(listed, file.rows) : listed
    return { ...about, sample, ...nothing, ...file, transactions, content: 'transactions', needsMapping: false, notes }
  },
}

const nothing = { instruments: [], accounts: [], transactions: [], closes: [], rates: [] }

/** The given mapping; one without columns only adds its settings to the obvious one. */
function mappingOf(table: Table, given: Mapping | undefined): Mapping | null {
  if (given && Object.keys(given.columns).length > 0) return given
  const obvious = obviousMapping(table.headers)
  return obvious && given
    ? { ...given, content: obvious.content, columns: obvious.columns, ...(isOwnExport(table.headers) ? { trades: 'cash' } : {}) }
    : obvious
}

/** Where the headers do not tell everything: the columns that they do tell, for a person to go on with. */
function begunMapping(table: Table, given: Mapping | undefined): Mapping | null {
  const likely = likelyMapping(table.headers)
  return likely && given ? { ...given, ...likely } : (likely ?? given ?? null)
}

function variantOf({ delimiter, encoding, headers }: Table): Pick<ImportedFile, 'variant' | 'variantNote'> {
  const names: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }
  const [count, by] = [String(headers.length), names[delimiter] ?? delimiter]
  return { variant: `${count} columns by ${by}, ${encoding}`, variantNote: { code: 'table', facts: { count, by, encoding } } }
}

function sampleOf({ headers, first }: Table, words: ColumnWords): ImportedFile['sample'] {
  const rows = first.slice(0, sampleRows).map(({ cells }) => cells.map((cell) => cell.slice(0, 200)))
  return { headers: [...headers], rows, words: words.all() }
}
