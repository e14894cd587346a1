import { Refused } from '@pe/platform/http/refused.ts'
import { fileNote } from '../because.ts'
import type { ImportedFile } from '../imported-file.ts'
import type { Importer, ReadOptions, Source } from '../importer.ts'
import { inboundFirst } from '../recording-order.ts'
import { RowLog } from '../row-log.ts'
import { brokenFile, unknownFormat } from '../source/broken-file.ts'
import { decodedText, headText, isEncoding, sniffEncoding } from '../source/decode-text.ts'
import { readBooks } from './accounts.ts'
import { readSecurities } from './instruments.ts'
import { readGraph } from './read-graph.ts'
import { knownVersions } from './scales.ts'
import { readTaxonomies } from './taxonomies.ts'
import { readTransactions } from './transactions.ts'

const encrypted = 'PORTFOLIO'
const protobuf = 'PPPBV1'

/** Portfolio Performance: XML with relative references or numeric ids (the ZIP around it is opened before). */
export const portfolioPerformance: Importer = {
  format: 'portfolio-performance',

  detect({ head }) {
    const start = Buffer.from(head.subarray(0, 9)).toString('latin1')
    return start === encrypted || start.startsWith(protobuf) || /<client[\s>/]/.test(headText(head).slice(0, 4096))
  },

  async read(source: Source, options: ReadOptions): Promise<ImportedFile> {
    const start = Buffer.from(source.head.subarray(0, 9)).toString('latin1')
    if (start === encrypted)
      throw new Refused(
        'file_encrypted',
        'this Portfolio Performance file is encrypted; open it there and save it with "File > Save as > XML", then import that file',
      )
    if (start.startsWith(protobuf))
      throw unknownFormat(
        'this Portfolio Performance file is in its binary format; open it there and save it with "File > Save as > XML", then import that file',
      )
    const encoding = declaredEncoding(source.head)
    const graph = await readGraph(decodedText(await source.open(), encoding))
    const version = graph.scaleVersion
    if (version < knownVersions.from || version > knownVersions.to)
      throw unknownFormat(
        `version ${version || 'unknown'} of the Portfolio Performance format is not known here (${knownVersions.from} to ${knownVersions.to} are); open the file there and save it again`,
      )
    const baseCurrency = graph.client.fields.baseCurrency || 'EUR'
    const rows = new RowLog()
    const securities = readSecurities(graph, baseCurrency, rows)
    const read = readBooks(graph, baseCurrency)
    const { books, accounts, notes } = read
    const sorted = readTaxonomies(graph, read, securities)
    const transactions = readTransactions({ books, securities, version, today: options.today, rows })
    const leftOut = [...graph.leftOut].map(([part, count]) => `${part} (${count})`)
    return {
      format: 'portfolio-performance',
      variantNote: { code: graph.references === 'ids' ? 'ids' : 'relative', facts: { version: String(version) } },
      variant: `XML, file version ${version}, ${graph.references === 'ids' ? 'numeric ids' : 'relative references'}`,
      content: 'book',
      mapping: null,
      sample: null,
      needsMapping: false,
      baseCurrency,
      instruments: securities.instruments,
      accounts,
      transactions: inboundFirst(transactions),
      closes: securities.closes,
      rates: securities.rates,
      taxonomies: sorted.taxonomies,
      rows,
      notes: [
        ...securities.notes,
        ...notes,
        ...sorted.notes,
        ...(leftOut.length > 0 ? [fileNote('not-imported', { parts: leftOut.join(', ') })] : []),
      ],
    }
  },
}

/** The byte order mark, else what the XML declaration names, else UTF-8. */
function declaredEncoding(head: Uint8Array): string {
  const sniffed = sniffEncoding(head)
  if (sniffed.startsWith('utf-16')) return sniffed
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(Buffer.from(head.subarray(0, 200)).toString('latin1'))?.[1]
  if (declared && !isEncoding(declared)) throw brokenFile(1, `the file says that its encoding is ${declared}, which is not known`)
  return declared ?? 'utf-8'
}
