import { openAsBlob } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Client, Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { progressBar } from '../terminal/progress-bar.ts'
import { allPages } from './all-pages.ts'
import { type Command, CommandFailed, WrongUsage } from './command.ts'
import { importBook, isWholeBook } from './import-book.ts'
import { importReport, rowLines } from './import-report.ts'
import { withClient } from './with-client.ts'

type Import = Schema<'Import'>
type ImportRow = Schema<'ImportRow'>

export const importCommand: Command = {
  name: 'import',
  summary: 'read a file of transactions, prices or rates into the book, as a whole or not at all',
  usage: `Usage: pe import FILE [--portfolio NAME] [--dry-run] [--map FILE] [--skip-errors] [--base-currency CODE] [--json]

  FILE             Portfolio Performance XML, Ghostfolio JSON or CSV, or any CSV; what it is is seen from its content.
                   A whole book (pe export --book) goes into an empty instance, as it is
  --portfolio      into this portfolio, which is created when there is none; price and rate files need none
  --dry-run        only show what would happen
  --map            how to read the columns of any CSV, as a JSON file: {"content": "transactions", "columns": {"date": "Day", …}};
                   content is transactions, prices or rates
  --skip-errors    leave out rows in error instead of refusing the file
  --base-currency  of a new portfolio, where the file names none
  --json           the import and every row of it`,

  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        portfolio: { type: 'string', short: 'p' },
        'dry-run': { type: 'boolean' },
        map: { type: 'string' },
        'skip-errors': { type: 'boolean' },
        'base-currency': { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const [path, ...more] = positionals
    if (!path) throw new WrongUsage('FILE is missing.')
    if (more.length > 0) throw new WrongUsage('One file at a time.')
    const file = await openFile(path)
    if (await isWholeBook(file)) {
      if (values['dry-run'] || values.map || values.portfolio || values['skip-errors'])
        throw new WrongUsage('A whole book is taken in as it is: only --json goes with it.')
      return withClient((client) => importBook(client, file, values.json ?? false))
    }
    const mapping = values.map ? await readMapping(values.map) : undefined
    const query = {
      fileName: basename(path),
      ...(values.portfolio ? { portfolio: values.portfolio } : {}),
      ...(values['base-currency'] ? { baseCurrency: values['base-currency'] } : {}),
      ...(mapping ? { mapping } : {}),
    }
    return withClient(async (client) => {
      const seen = await preview(client, file, query)
      // A file whose columns nobody knows has no rows to show: that is no dry run either.
      const stop = values['dry-run'] && seen.state !== 'needs-mapping' ? undefined : whyNot(seen, values['skip-errors'] ?? false)
      const done = values['dry-run'] || stop ? seen : await commit(client, seen, values['skip-errors'] ?? false)
      const rows = await readRows(client, done)
      if (values.json) console.log(JSON.stringify({ import: done, rows }, null, 2))
      else console.log([importReport(done), ...rowLines(rows)].join('\n'))
      if (stop) throw new CommandFailed(stop)
      if (values['dry-run'] && !values.json) console.log('Nothing has been recorded: this was a dry run.')
      return values['dry-run'] && seen.counts.error + seen.counts.needsDecision > 0 ? 1 : 0
    })
  },
}

/** Read from disk as it is sent: a large file is never held in memory. */
async function openFile(path: string): Promise<Blob> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new CommandFailed(`There is no file ${path}.`)
  if (!found.isFile()) throw new CommandFailed(`${path} is not a file.`)
  return openAsBlob(path)
}

async function readMapping(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) throw new CommandFailed(`There is no file ${path}.`)
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    throw new CommandFailed(`${path} is not JSON.`)
  }
}

async function preview(client: Client, file: Blob, query: { fileName: string }): Promise<Import> {
  const bar = progressBar('Reading the file')
  let sent = 0
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, onward) {
      sent += chunk.length
      bar.show(sent, file.size)
      onward.enqueue(chunk)
    },
  })
  const streamed = { body: file.stream().pipeThrough(counted) as unknown as string, duplex: 'half' }
  try {
    const answer = await client.POST('/imports', {
      params: { query },
      ...streamed,
      bodySerializer: (body: unknown) => body as BodyInit,
      headers: { 'content-type': 'application/octet-stream' },
    })
    return dataOf(answer)
  } finally {
    bar.end()
  }
}

function whyNot({ state, counts }: Import, skipErrors: boolean): string | undefined {
  if (state === 'needs-mapping') return 'Nothing has been recorded: say how its columns are to be read with --map FILE.'
  if (counts.needsDecision > 0) return 'Nothing has been recorded: some rows need a decision. Make it on the import page, or mend the file.'
  if (counts.error > 0 && !skipErrors)
    return 'Nothing has been recorded: some rows are in error. Mend them, or leave them out with --skip-errors.'
  return undefined
}

async function commit(client: Client, { id: importId }: Import, skipErrors: boolean): Promise<Import> {
  return dataOf(await client.POST('/imports/{importId}/commit', { params: { path: { importId } }, body: { skipErrors } }))
}

async function readRows(client: Client, { id: importId, counts }: Import): Promise<ImportRow[]> {
  const bar = progressBar('Reading the report')
  const rows: ImportRow[] = []
  const ask = (cursor: string | undefined) =>
    client.GET('/imports/{importId}/rows', {
      params: { path: { importId }, query: { limit: 1000, ...(cursor === undefined ? {} : { cursor }) } },
    })
  for await (const row of allPages(ask)) {
    rows.push(row)
    if (rows.length % 1000 === 0) bar.show(rows.length, counts.rows)
  }
  bar.end()
  return rows
}
