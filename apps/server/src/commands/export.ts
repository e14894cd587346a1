import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { Client } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { type Command, CommandFailed, required, WrongUsage } from './command.ts'
import { findPortfolio } from './find.ts'
import { withClient } from './with-client.ts'

const formats = ['csv', 'json', 'ghostfolio', 'beancount'] as const

function isFormat(text: string): text is (typeof formats)[number] {
  return formats.some((format) => format === text)
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'the transactions of a portfolio as a file (CSV, JSON, Ghostfolio, beancount), or the whole book without loss',
  usage: `Usage: pe export --portfolio NAME [--format csv|json|ghostfolio|beancount] [--output FILE]
       pe export --book [--output FILE]

  --book    the whole book as JSON: an empty instance takes it in (pe import FILE) and is the same book
  --format  csv when absent; csv, json and ghostfolio can be imported again, beancount is plain-text accounting
  --output  standard output when absent`,

  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        portfolio: { type: 'string', short: 'p' },
        format: { type: 'string', default: 'csv' },
        output: { type: 'string', short: 'o' },
        book: { type: 'boolean' },
      },
    })
    const { format, output, book } = values
    if (book && values.portfolio) throw new WrongUsage('--book is of all portfolios: leave --portfolio out.')
    const name = book ? '' : required(values.portfolio, '--portfolio')
    if (!isFormat(format)) throw new WrongUsage(`--format must be ${formats.join(', ')}, not '${format}'.`)
    return withClient(async (client) => {
      const answer = book ? await client.GET('/export/book.json', { parseAs: 'stream' }) : await ofPortfolio(client, name, format)
      const file = Readable.fromWeb(dataOf(answer) as unknown as Parameters<typeof Readable.fromWeb>[0])
      // Standard output stays open for whoever prints next.
      if (output) await toFile(file, output)
      else await pipeline(file, process.stdout, { end: false })
      return 0
    })
  },
}

async function ofPortfolio(client: Client, name: string, format: (typeof formats)[number]) {
  const { id: portfolioId } = await findPortfolio(client, name)
  return client.GET('/portfolios/{portfolioId}/export', { params: { path: { portfolioId }, query: { format } }, parseAs: 'stream' })
}

async function toFile(text: Readable, path: string): Promise<void> {
  const file = createWriteStream(path)
  let unwritten: NodeJS.ErrnoException | undefined
  file.once('error', (trouble) => {
    unwritten = trouble
  })
  try {
    await pipeline(text, file)
  } catch (trouble) {
    throw unwritten && trouble === unwritten ? new CommandFailed(`${path} cannot be written (${unwritten.code}).`) : trouble
  }
}
