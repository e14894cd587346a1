import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'
import { ProblemError } from '@pe/sdk/problem-error.ts'
import { CommandFailed, WrongUsage } from './commands/command.ts'
import { commands, overview } from './commands/commands.ts'
import { version } from './start-server.ts'

/** 0 done, 1 refused or failed, 2 not understood. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const asked = commands.find((command) => command.name === args[0])
    console.log(asked ? asked.usage : overview())
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    console.log(version)
    return 0
  }
  const command = commands.find((one) => one.name === name)
  if (!command) {
    console.error(`There is no command '${name}'.\n\n${overview()}`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.usage)
    return 0
  }
  try {
    return (await command.run(args)) ?? 0
  } catch (trouble) {
    return explain(trouble, command.usage)
  }
}

/** One sentence, and no stack for what we know. */
function explain(trouble: unknown, usage: string): number {
  if (
    trouble instanceof WrongUsage ||
    (trouble instanceof Error && 'code' in trouble && String(trouble.code).startsWith('ERR_PARSE_ARGS'))
  ) {
    console.error(`${trouble.message}\n\n${usage}`)
    return 2
  }
  if (trouble instanceof ProblemError) {
    console.error(trouble.message)
    const errors = trouble.problem.errors ?? []
    // One alone stands in the sentence already, as a rule.
    const said = errors.length === 1 && errors.every(({ detail }) => trouble.message.endsWith(detail))
    if (!said) for (const { path, detail } of errors) console.error(`  ${path}: ${detail}`)
  } else if (trouble instanceof CannotStart || trouble instanceof CommandFailed) console.error(trouble.message)
  else console.error(trouble)
  return 1
}

// A pipe that is closed early (pe … | head) is no trouble.
process.stdout.on('error', (trouble: NodeJS.ErrnoException) => process.exit(trouble.code === 'EPIPE' ? 0 : 1))
process.exitCode = await main(process.argv.slice(2))
