import { apiKeyCommand } from './api-key.ts'
import type { Command } from './command.ts'
import { exportCommand } from './export.ts'
import { holdingsCommand } from './holdings.ts'
import { importCommand } from './import.ts'
import { migrateCommand } from './migrate.ts'
import { openapiCommand } from './openapi.ts'
import { performanceCommand } from './performance.ts'
import { resealCommand } from './reseal.ts'
import { serveCommand } from './serve.ts'
import { userCommand } from './user.ts'
import { verifyCommand } from './verify.ts'

export const commands: readonly Command[] = [
  serveCommand,
  importCommand,
  holdingsCommand,
  performanceCommand,
  exportCommand,
  userCommand,
  apiKeyCommand,
  verifyCommand,
  resealCommand,
  migrateCommand,
  openapiCommand,
]

export function overview(): string {
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(14)}${summary}`)
  return `PortfolioEngine: what you own, what it earned and why.

Usage: pe <command> [options]

${lines.join('\n')}

  pe <command> --help shows its options. Settings come from the environment: PE_PORT (8080), PE_DATA (data folder),
  PE_ANCHORS (folder), PE_DATABASE (embedded, or postgres://…), PE_LOG_LEVEL (debug, info, warn, error, silent), PE_SMTP, PE_MAIL_FROM.
  Commands talk to the server that runs on the data folder, or start what they need and stop it again.`
}
