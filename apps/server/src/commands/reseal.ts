import { access, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chainEndsPath } from '@pe/core/chain/anchors.ts'
import { otherKeyOf } from '@pe/core/chain/seal.ts'
import { setChainsAside } from '@pe/core/chain/set-aside.ts'
import type { CoreTables } from '@pe/core/store/tables.ts'
import { auditEndsPath } from '@pe/platform/audit/seal-audit.ts'
import { setAuditSealsAside } from '@pe/platform/audit/set-aside.ts'
import { systemClock } from '@pe/platform/clock/clock.ts'
import { keyFile, keyPath } from '@pe/platform/keys/key-file.ts'
import { quietClient } from '@pe/platform/postgres/probe.ts'
import { anchorFolderOf, type Config, readConfig } from '../config.ts'
import type { ServiceName } from '../migrate-services.ts'
import { runningServer } from '../server-file.ts'
import { type Databases, withDatabases } from '../verify/databases.ts'
import { type Command, CommandFailed, required } from './command.ts'
import { audited } from './verify.ts'

export const resealCommand: Command = {
  name: 'reseal',
  summary: 'begin the hash chains anew, where their key is lost for good',
  usage: `Usage: pe reseal --because TEXT

  --because  why: it is kept with the chains that are set aside

  For a book whose key file cannot be restored from any backup: without it the server does not start. The chains and seals so far are
  set aside in tables of the database and the notes of their ends beside the new ones, so that they can be proved should the key turn up.
  The next start of the server seals everything as it stands then: what was changed before does not show any more.`,

  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { because: { type: 'string' } } })
    const because = required(values.because, '--because')
    const config = readConfig()
    if (await runningServer(config.dataFolder)) throw new CommandFailed('The server is running: its key is that of the book.')
    await keyFile(keyPath(config.dataFolder))
    await withDatabases(config, async (databases) => {
      const { sql } = await databases.of<CoreTables>('core')
      if (!(await otherKeyOf(sql, databases.keys)))
        throw new CommandFailed(`The key of ${keyPath(config.dataFolder)} is that of the book: there is nothing to seal anew.`)
      const stamp = systemClock.now().slice(0, 19).replaceAll(/\D/g, '')
      await setAside(databases, stamp, because)
      await setNotesAside(config, stamp)
      console.log(
        `The chains so far are set aside (chain_entry_before_${stamp}). The next start of the server begins new ones with what stands.`,
      )
    })
    return 0
  },
}

/** All of it or nothing. */
async function setAside({ superuser }: Databases, stamp: string, because: string): Promise<void> {
  const client = quietClient(superuser)
  await client.connect()
  try {
    await client.query('begin')
    for (const service of audited) {
      await client.query(`set local search_path to ${client.escapeIdentifier(service)}`)
      for (const statement of statementsOf(service, stamp)) await client.query(statement)
      if (service === 'core') await client.query(`comment on table chain_entry_before_${stamp} is ${client.escapeLiteral(because)}`)
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}

function statementsOf(service: ServiceName, stamp: string): string[] {
  return service === 'core' ? [...setChainsAside(stamp), ...setAuditSealsAside(stamp)] : setAuditSealsAside(stamp)
}

async function setNotesAside(config: Config, stamp: string): Promise<void> {
  const places = [chainEndsPath, ...audited.map(auditEndsPath)]
  for (const path of places.map((place) => join(anchorFolderOf(config), place))) {
    const there = await access(path).then(
      () => true,
      () => false,
    )
    if (there) await rename(path, `${path}.before-${stamp}`)
  }
}
