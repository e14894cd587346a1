import type { Mapping } from '@pe/contracts/integration.ts'
import type { ImportedFile } from '../imported-file.ts'
import type { Importer, ReadOptions, Source } from '../importer.ts'
import { asListed } from '../recording-order.ts'
import { RowLog } from '../row-log.ts'
import { unknownFormat } from '../source/broken-file.ts'
import { isTradeOnly, withoutCash } from '../trade-only.ts'
import { isOwnExport, obviousMapping } from './fields.ts'
import { mapTable } from './mapped-table.ts'
import { openTable, type Table } from './open-table.ts'
import { readSeries } from './series.ts'
import { readMappedTransactions } from './transactions.ts'

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
    const about = { format: 'csv', variant: variantOf(table), mapping, sample: sampleOf(table), baseCurrency: null }
    if (!mapping) return { ...about, ...nothing, content: 'transactions', needsMapping: true, rows: new RowLog(), warnings: [] }
    const mapped = await mapTable(table, mapping)
    const warnings = table.preamble > 0 ? [`${table.preamble} rows before the header are no rows of data`] : []
    if (mapping.content !== 'transactions') {
      const series = await readSeries(mapped, options.timeZone)
      return { ...about, ...nothing, ...series, content: mapping.content, needsMapping: false, warnings }
    }
    const file = await readMappedTransactions(mapped, options)
    const listed = asListed(file.transactions)
    const asDeliveries = mapping.trades === 'delivery' || (mapping.trades === undefined && isTradeOnly(listed))
    if (asDeliveries && listed.length > 0)
      warnings.push(
        'the file has no cash movements: purchases and sales are booked as deliveries, income leaves and costs are paid in on the same day',
      )
    const transactions = asDeliveries ? withoutCash(listed, file.rows) : listed
    return { ...about, ...nothing, ...file, transactions, content: 'transactions', needsMapping: false, warnings }
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

function variantOf({ delimiter, encoding, headers }: Table): string {
  const names: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }
  return `${headers.length} columns by ${names[delimiter] ?? delimiter}, ${encoding}`
}

function sampleOf({ headers, first }: Table): { headers: string[]; rows: string[][] } {
  return { headers: [...headers], rows: first.slice(0, sampleRows).map(({ cells }) => cells.map((cell) => cell.slice(0, 200))) }
}
