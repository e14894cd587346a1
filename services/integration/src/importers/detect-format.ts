import { csv } from './csv/importer.ts'
import { ghostfolioCsv } from './ghostfolio/importer-csv.ts'
import { ghostfolioJson } from './ghostfolio/importer-json.ts'
import type { ImportedFile } from './imported-file.ts'
import type { Importer, ReadOptions, Source } from './importer.ts'
import { portfolioPerformance } from './portfolio-performance/importer.ts'
import { brokenFile, unknownFormat } from './source/broken-file.ts'
import { headText, isBinary } from './source/decode-text.ts'
import { isZip, unzipped } from './source/zip-container.ts'

/** In the order of asking: what has a signature before what any text with columns could be. */
export const importers: readonly Importer[] = [portfolioPerformance, ghostfolioJson, ghostfolioCsv, csv]

/** Reads a file by the importer that knows its content; a ZIP with one file in it is opened first. */
export async function readFile(source: Source, options: ReadOptions): Promise<ImportedFile> {
  if (isZip(source.head)) {
    const read = await readFile(await unzipped(source), options)
    const { code, facts } = read.variantNote
    return { ...read, variant: `${read.variant}, in a ZIP`, variantNote: { code, facts: { ...facts, container: 'ZIP' } } }
  }
  return importerOf(source, options).read(source, options)
}

function importerOf(source: Source, options: ReadOptions): Importer {
  if (source.head.length === 0 || headText(source.head).trim() === '') throw brokenFile(1, 'the file is empty')
  const mapped = options.mapping && Object.keys(options.mapping.columns).length > 0
  const isTable = !isBinary(source.head) && !isMarkup(source)
  for (const importer of importers) {
    if (importer === ghostfolioCsv && (mapped || !isTable)) continue
    if (importer === csv && !isTable) continue
    if (importer.detect(source, options)) return importer
  }
  throw unknownFormat(reasonOf(source))
}

/** XML and JSON have commas too; they are no CSV. */
function isMarkup({ head }: Source): boolean {
  const text = headText(head).trimStart()
  if (/^[{[]\s*(["{[\]}\d-]|true|false|null)/.test(text)) return true
  return /^<(\?xml|[A-Za-z!][\w-]*[\s>/])/.test(text) && text.includes('>')
}

function reasonOf(source: Source): string {
  if (isBinary(source.head)) return 'this is a binary file of no known format; XML, JSON and CSV are read'
  const text = headText(source.head).trimStart()
  const known = 'known are Portfolio Performance (XML), Ghostfolio (JSON, CSV) and any CSV'
  const element = /<([A-Za-z][\w.-]*)/.exec(text)
  if (text.startsWith('<') && element && isMarkup(source))
    return `an XML file that begins with <${element[1]}> is of no known format; ${known}`
  if (text.startsWith('{') || text.startsWith('[')) return `this JSON is of no known format; ${known}`
  return `"${text.split('\n')[0]?.slice(0, 60).trim() ?? ''}" begins no known format; ${known}`
}
