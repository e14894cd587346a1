import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
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
  summary: 'the transactions of a portfolio as a file: CSV, JSON, Ghostfolio or beancount',
  usage: `Usage: pe export --portfolio NAME [--format csv|json|ghostfolio|beancount] [--output FILE]

  --format  csv when absent; csv, json and ghostfolio can be imported again, beancount is plain-text accounting
  --output  standard output when absent`,

  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        portfolio: { type: 'string', short: 'p' },
        format: { type: 'string', default: 'csv' },
        output: { type: 'string', short: 'o' },
      },
    })
    const name = required(values.portfolio, '--portfolio')
    const { format, output } = values
    if (!isFormat(format)) throw new WrongUsage(`--format must be ${formats.join(', ')}, not '${format}'.`)
    return withClient(async (client) => {
      const { id: portfolioId } = await findPortfolio(client, name)
      const answer = await client.GET('/portfolios/{portfolioId}/export', {
        params: { path: { portfolioId }, query: { format } },
        parseAs: 'stream',
      })
      const file = Readable.fromWeb(dataOf(answer) as unknown as Parameters<typeof Readable.fromWeb>[0])
      // Standard output stays open for whoever prints next.
      if (output) await toFile(file, output)
      else await pipeline(file, process.stdout, { end: false })
      return 0
    })
  },
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
