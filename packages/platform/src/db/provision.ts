import pg from 'pg'
import { CannotStart } from '../postgres/cannot-start.ts'
import type { Connection } from '../postgres/connection.ts'
import { quietClient } from '../postgres/probe.ts'
import { handOver } from './hand-over.ts'
import { ownerOf } from './owner-of.ts'

export interface Provision {
  /** May create roles and schemas. */
  readonly superuser: Connection
  /** Made when it is not there. */
  readonly database: string
  readonly services: readonly string[]
  /** The password a service's role shall have. */
  readonly passwordOf: (service: string) => Promise<string>
}

/** 'PE' and a number of our own: two processes do not set up roles at once. */
const settingUp = [0x5045, 2] as const
const insufficientPrivilege = '42501'

/**
 * For each service a role `pe_<service>`, as which it connects, and a role that owns its schema and tables, so that row-level security holds
 * the service (docs/decisions/0024). The queue of its jobs (`<service>_jobs`) belongs to the service itself. A role can look into no schema but
 * its own. Answers how each service connects.
 */
export async function provision({ superuser, database, services, passwordOf }: Provision): Promise<Map<string, Connection>> {
  try {
    const connections = new Map<string, Connection>()
    await connected(superuser, async (client) => {
      await client.query('select pg_advisory_lock($1, $2)', [...settingUp])
      await makeDatabase(client, superuser, database)
      for (const service of services) {
        const password = await passwordOf(service)
        await makeRoles(client, service, password)
        connections.set(service, { ...superuser, database, user: roleOf(service), password })
      }
    })
    await connected({ ...superuser, database }, async (client) => {
      await client.query('select pg_advisory_lock($1, $2)', [...settingUp])
      await client.query('revoke create on schema public from public')
      for (const service of services) {
        await makeSchema(client, service, ownerOf(service))
        await makeSchema(client, `${service}_jobs`, roleOf(service))
        await handOver(client, service, roleOf(service), ownerOf(service))
      }
    })
    return connections
  } catch (trouble) {
    if (!(trouble instanceof Error && 'code' in trouble && trouble.code === insufficientPrivilege)) throw trouble
    throw new CannotStart(
      `The user '${superuser.user}' of PE_DATABASE may not set up the database (${trouble.message}). It needs the rights to create roles and schemas.`,
      { cause: trouble },
    )
  }
}

export function roleOf(service: string): string {
  return `pe_${service}`
}

async function makeDatabase(client: pg.Client, superuser: Connection, database: string): Promise<void> {
  if (superuser.database === database) return
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
  if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(database)}`)
}

/** Roles belong to the whole server: databases beside ours share them, so what is there is only given the password again. */
async function makeRoles(client: pg.Client, service: string, password: string): Promise<void> {
  const [role, owner] = [roleOf(service), ownerOf(service)]
  const { rows } = await client.query<{ name: string; mighty: boolean }>(
    'select rolname as name, rolsuper or rolbypassrls as mighty from pg_roles where rolname in ($1, $2)',
    [role, owner],
  )
  const mighty = rows.find((known) => known.mighty)
  if (mighty)
    throw new CannotStart(`The role ${mighty.name} of the database may see everybody's data (SUPERUSER or BYPASSRLS). Take that from it.`)
  const known = new Set(rows.map(({ name }) => name))
  if (!known.has(owner)) await client.query(`create role ${pg.escapeIdentifier(owner)} nologin`)
  if (!known.has(role)) await client.query(`create role ${pg.escapeIdentifier(role)} login`)
  await client.query(`alter role ${pg.escapeIdentifier(role)} login noinherit password ${pg.escapeLiteral(password)}`)
  const { rowCount } = await client.query(
    `select from pg_auth_members where roleid = $1::regrole and member = $2::regrole and set_option and not inherit_option`,
    [owner, role],
  )
  if (!rowCount) await client.query(`grant ${pg.escapeIdentifier(owner)} to ${pg.escapeIdentifier(role)} with inherit false, set true`)
}

async function makeSchema(client: pg.Client, schema: string, owner: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [schema])
  if (rowCount) return
  const role = pg.escapeIdentifier(owner)
  await client.query(`grant ${role} to current_user`)
  await client.query(`create schema ${pg.escapeIdentifier(schema)} authorization ${role}`)
}

async function connected(connection: Connection, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = quietClient(connection)
  await client.connect()
  try {
    await run(client)
  } finally {
    await client.end()
  }
}
