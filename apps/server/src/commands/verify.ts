import { access } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readAnchors } from '@pe/core/chain/anchors.ts'
import { type BookProof, verifyBook } from '@pe/core/chain/verify-book.ts'
import { readChainOwners } from '@pe/core/store/chain-reading.ts'
import type { CoreTables } from '@pe/core/store/tables.ts'
import { systemClock } from '@pe/platform/clock/clock.ts'
import { roleOf } from '@pe/platform/db/provision.ts'
import { ServiceDatabase } from '@pe/platform/db/service-database.ts'
import { localFolder } from '@pe/platform/files/local-folder.ts'
import { timeOrderedIds } from '@pe/platform/ids/ids.ts'
import { keyFile, keyPath } from '@pe/platform/keys/key-file.ts'
import { pinoLog } from '@pe/platform/log/pino-log.ts'
import { databaseSecrets } from '@pe/platform/postgres/secrets.ts'
import { anchorFolderOf, type Config, readConfig } from '../config.ts'
import { type ChosenDatabase, databaseInUse, databaseOf } from '../database-of.ts'
import { migrateServices } from '../migrate-services.ts'
import { runningServer } from '../server-file.ts'
import { showSteps } from '../terminal/steps.ts'
import { type Command, CommandFailed } from './command.ts'

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'prove that nothing recorded was changed, and that positions equal a replay',
  usage: `Usage: pe verify [--account NAME] [--json]

  --account  one account, by its name or id; all of them when absent
  --json     {accounts, without, entries, transactions, findings: [{account, accountId, entry, transactionId, detail}]}

  Proves the hash chain of every account (content, order, links, the ends noted in the second place), that the journal stands
  as its chain says, and that positions and cash equal a replay. Ends with 1 when something is not as it should be.`,

  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { account: { type: 'string' }, json: { type: 'boolean' } } })
    const config = readConfig()
    const proof = await withCore(config, async (db) => {
      // Before the snapshot: meanwhile a chain can only grow.
      const anchors = await readAnchors(localFolder(anchorFolderOf(config)), db.keys).catch((trouble: Error) => {
        throw new CommandFailed(`${anchorFolderOf(config)}: ${trouble.message}.`)
      })
      return db.snapshot(async (sql) => verifyBook(sql, db.keys, anchors, await accountId(db, values.account)))
    })
    if (values.json) console.log(JSON.stringify(proof, null, 2))
    else for (const line of told(proof)) console.log(line)
    return proof.findings.length > 0 ? 1 : 0
  },
}

async function accountId(db: ServiceDatabase<CoreTables>, asked: string | undefined): Promise<string | undefined> {
  if (asked === undefined) return undefined
  const owners = await readChainOwners(db.sql)
  const found = owners.find(({ accountId, name }) => accountId === asked || name.toLowerCase() === asked.toLowerCase())
  if (!found) throw new CommandFailed(`There is no account '${asked}'.`)
  return found.accountId
}

function told({ accounts, without, entries, transactions, findings }: BookProof): string[] {
  const begins = without > 0 ? [`${without} of ${accounts} accounts have no chain yet: it begins with the next start of the server.`] : []
  if (findings.length === 0) {
    const counts = `${entries} entries of ${accounts} accounts, ${transactions} transactions`
    return [...begins, `Proved: ${counts}. Positions and cash equal a replay.`]
  }
  const sentences = findings.map(({ account, accountId, entry, transactionId, detail }) => {
    const who = account === null ? `Account ${accountId}` : `Account '${account}' (${accountId})`
    const what = [entry === null ? [] : [`entry ${entry}`], transactionId === null ? [] : [`transaction ${transactionId}`]].flat()
    return `${[who, ...what].join(', ')}: ${detail}.`
  })
  return [...begins, ...sentences, `Not proved: ${findings.length} ${findings.length === 1 ? 'thing is' : 'things are'} not as recorded.`]
}

/** The database of core: of the running server, to look only, or started for as long as it takes. */
async function withCore<R>(config: Config, run: (db: ServiceDatabase<CoreTables>) => Promise<R>): Promise<R> {
  const running = await runningServer(config.dataFolder)
  const steps = showSteps({ onlyTerminal: true })
  const chosen = running
    ? await databaseInUse(config)
    : await databaseOf(config, { onStep: steps.begin, onTrouble: (sentence) => console.error(sentence) })
  try {
    if (!running) await migrateServices(chosen, config.dataFolder)
    steps.end()
    const db = await coreOf(config, chosen)
    return await run(db).finally(() => db.close())
  } finally {
    await chosen.server.stop()
  }
}

async function coreOf(config: Config, { server, database }: ChosenDatabase): Promise<ServiceDatabase<CoreTables>> {
  const path = keyPath(config.dataFolder)
  await access(path).catch(() => {
    throw new CommandFailed(`The key file ${path} is not there: without it nothing can be proved. Restore it from a backup.`)
  })
  const password = await (await databaseSecrets(config.dataFolder)).of('core')
  return new ServiceDatabase<CoreTables>({
    service: 'core',
    connection: { ...server.superuser, database, user: roleOf('core'), password },
    clock: systemClock,
    ids: timeOrderedIds(systemClock),
    keys: await keyFile(path),
    log: pinoLog({ level: 'silent', readable: false }),
  })
}
