import { fileURLToPath } from 'node:url'
import { command } from '../test/command.ts'

/** The model of concurrent writers (services/core/test/serial): as many runs as `npm test` has, or with --long the 500 of the issue. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const words = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--project=database', 'services/core/test/serial.test.ts']
const { code } = await command(root, words, process.argv.includes('--long') ? { MODEL_RUNS: '500' } : {})
process.exit(code)
