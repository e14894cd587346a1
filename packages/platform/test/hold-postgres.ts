import { launchPostgres } from '../src/postgres/launch-postgres.ts'

// Run by launcher.test.ts as a process that can be killed: holds the database of a folder until somebody ends it.
const [dataFolder = ''] = process.argv.slice(2)
const postgres = await launchPostgres({ dataFolder })
process.stdout.write(`${postgres.pid}\n`)
setInterval(() => {}, 1000)
