import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { openApiDocument } from '@pe/contracts/openapi.ts'
import { version } from '../start-server.ts'
import type { Command } from './command.ts'

export const openapiCommand: Command = {
  name: 'openapi',
  summary: 'print the OpenAPI 3.1 description of the API',
  usage: `Usage: pe openapi [--output FILE]`,

  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { output: { type: 'string', short: 'o' } } })
    const text = `${JSON.stringify(openApiDocument(version), null, 2)}\n`
    if (values.output) await writeFile(values.output, text)
    else process.stdout.write(text)
    return 0
  },
}
