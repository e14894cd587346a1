import { parseArgs } from 'node:util'
import { readAnchors } from '@pe/core/chain/anchors.ts'
import { otherKeyOf, otherKeySentence } from '@pe/core/chain/seal.ts'
import { type BookProof, verifyBook } from '@pe/core/chain/verify-book.ts'
import { readChainOwners } from '@pe/core/store/chain-reading.ts'
import type { CoreTables } from '@pe/core/store/tables.ts'
import { auditNote } from '@pe/platform/audit/seal-audit.ts'
import { verifyAudit } from '@pe/platform/audit/verify-audit.ts'
import { acrossOrganisations } from '@pe/platform/db/current-call.ts'
import type { PlatformTables } from '@pe/platform/db/platform-tables.ts'
import type { ServiceDatabase } from '@pe/platform/db/service-database.ts'
import { localFolder } from '@pe/platform/files/local-folder.ts'
import { keyPath } from '@pe/platform/keys/key-file.ts'
import { readNotedEnds } from '@pe/platform/keys/noted-ends.ts'
import { anchorFolderOf, type Config, readConfig } from '../config.ts'
import { type Databases, withDatabases } from '../verify/databases.ts'
import { type AuditLogsProof, told, type WholeProof } from '../verify/told-proof.ts'
import { type Command, CommandFailed } from './command.ts'

/** Whose writes are noted in an audit log. */
export const audited = ['core', 'market', 'analytics', 'integration'] as const

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'prove that nothing recorded was changed, and that positions equal a replay',
  usage: `Usage: pe verify [--account NAME] [--json]

  --account  one account, by its name or id; all of them, and the audit log, when absent
  --json     {accounts, without, entries, transactions, findings: [{account, accountId, entry, transactionId, detail}],
             audit: {acts, unsealed, findings: [{service, organisationId, seal, detail}]}}

  Proves the hash chain of every account (content, order, links, the ends noted in the second place), that the journal and what
  stands beside it (applied corporate actions, closed periods, balances of statements) stand as its chain says, that
  positions and cash equal a replay, and that the audit log stands as it was sealed. Ends with 1 when something is not as it should be.`,

  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { account: { type: 'string' }, json: { type: 'boolean' } } })
    const config = readConfig()
    const proof = await acrossOrganisations(() => withDatabases(config, (databases) => prove(config, databases, values.account)))
    if (values.json) console.log(JSON.stringify(proof, null, 2))
    else for (const line of told(proof)) console.log(line)
    return proof.findings.length + (proof.audit?.findings.length ?? 0) > 0 ? 1 : 0
  },
}

async function prove(config: Config, databases: Databases, account: string | undefined): Promise<WholeProof> {
  const book = await proveBook(config, databases, account)
  return account === undefined ? { ...book, audit: await proveAuditLogs(config, databases) } : book
}

async function proveBook(config: Config, databases: Databases, account: string | undefined): Promise<BookProof> {
  const { keys } = databases
  const db = await databases.of<CoreTables>('core')
  const other = await otherKeyOf(db.sql, keys)
  if (other) throw new CommandFailed(otherKeySentence(other, keyPath(config.dataFolder)))
  // Before the snapshot: meanwhile a chain can only grow.
  const anchors = await orFailed(config, readAnchors(localFolder(anchorFolderOf(config)), keys))
  return await db.snapshot(async (sql) => verifyBook(sql, keys, anchors, await accountId(db, account)))
}

async function proveAuditLogs(config: Config, databases: Databases): Promise<AuditLogsProof> {
  const logs: AuditLogsProof[] = []
  for (const service of audited) {
    const db = await databases.of<PlatformTables>(service)
    const noted = await orFailed(config, readNotedEnds(auditNote(db, localFolder(anchorFolderOf(config)))))
    const { findings, ...counts } = await db.snapshot((sql) => verifyAudit(sql, databases.keys, noted))
    logs.push({ ...counts, findings: findings.map((finding) => ({ service, ...finding })) })
  }
  return {
    acts: logs.reduce((sum, { acts }) => sum + acts, 0),
    unsealed: logs.reduce((sum, { unsealed }) => sum + unsealed, 0),
    findings: logs.flatMap(({ findings }) => findings),
  }
}

async function orFailed<R>(config: Config, reading: Promise<R>): Promise<R> {
  return await reading.catch((trouble: Error) => {
    throw new CommandFailed(`${anchorFolderOf(config)}: ${trouble.message}.`)
  })
}

async function accountId(db: ServiceDatabase<CoreTables>, asked: string | undefined): Promise<string | undefined> {
  if (asked === undefined) return undefined
  const owners = await readChainOwners(db.sql)
  const found = owners.find(({ accountId, name }) => accountId === asked || name.toLowerCase() === asked.toLowerCase())
  if (!found) throw new CommandFailed(`There is no account '${asked}'.`)
  return found.accountId
}
