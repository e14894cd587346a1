import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { databaseOf } from '../database-of.ts'
import { migrateServices } from '../migrate-services.ts'
import { runningServer } from '../server-file.ts'
import { showSteps } from '../terminal/steps.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database up to date, and nothing else',
  usage: `Usage: pe migrate

  The server does the same when it starts.`,

  async run(args) {
    parseArgs({ args: [...args], options: {} })
    const config = readConfig()
    if (await runningServer(config.dataFolder)) {
      console.log('The running server has brought the data up to date when it started.')
      return 0
    }
    const steps = showSteps({ onlyTerminal: true })
    const chosen = await databaseOf(config, { onStep: steps.begin, onTrouble: (sentence) => console.error(sentence) })
    try {
      const { applied } = await migrateServices(chosen, config.dataFolder)
      steps.end()
      for (const name of applied) console.log(`applied ${name}`)
      if (applied.length === 0) console.log('Nothing to do: the data is up to date.')
    } finally {
      await chosen.server.stop()
    }
    return 0
  },
}
