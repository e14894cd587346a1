import { parseArgs } from 'node:util'
import { isConnectionTrouble } from '@pe/platform/db/connection-trouble.ts'
import { readConfig } from '../config.ts'
import { startServer } from '../start-server.ts'
import { showSteps } from '../terminal/steps.ts'
import type { Command } from './command.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'run the server: API and web app on http://localhost:8080',
  usage: `Usage: pe serve [--demo]

  --demo   fill a demo portfolio with generated prices, unless it is there already; at this machine nobody needs to sign in for it

  Ctrl-C stops it. PE_PORT chooses the port, PE_DATA the data folder.`,

  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { demo: { type: 'boolean' } } })
    const steps = showSteps()
    const stopping = new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
    })
    outliveTheDatabase()
    let setUp = ''
    const onSetUpLink = (link: string) => {
      setUp = `Nobody is set up yet. Whoever opens this link first becomes the owner: ${link}\n`
    }
    const server = await startServer({ ...readConfig(), demo: values.demo ?? false }, { onStep: steps.begin, onSetUpLink })
    steps.end()
    process.stderr.write(`\nListening on ${server.url} (Ctrl-C stops it)\n${setUp}`)
    await stopping
    process.stderr.write('\nStopping\n')
    await server.stop()
    return 0
  },
}

/** A connection that breaks under work whose answer nobody awaits must not end the process; any other such trouble is a bug and does. */
function outliveTheDatabase(): void {
  process.on('unhandledRejection', (trouble) => {
    if (!isConnectionTrouble(trouble)) throw trouble
    process.emitWarning(`a connection to the database broke: ${trouble instanceof Error ? trouble.message : String(trouble)}`)
  })
}
