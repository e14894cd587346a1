import pg from 'pg'
import { CannotStart } from '../postgres/cannot-start.ts'
import type { Connection } from '../postgres/connection.ts'
import { quietClient } from '../postgres/probe.ts'

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
 * A role `pe_<service>` and the schemas `<service>` and `<service>_jobs` for each service. A role owns its own schemas and can
 * look into no other. Answers how each service connects.
 */
export async function provision({ superuser, database, services, passwordOf }: Provision): Promise<Map<string, Connection>> {
  try {
    await makeDatabase(superuser, database)
    const connections = new Map<string, Connection>()
    await connected({ ...superuser, database }, async (client) => {
      await client.query('select pg_advisory_lock($1, $2)', [...settingUp])
      await client.query('revoke create on schema public from public')
      for (const service of services) {
        const password = await passwordOf(service)
        await makeRole(client, service, password)
        await makeSchema(client, service, service)
        await makeSchema(client, `${service}_jobs`, service)
        connections.set(service, { ...superuser, database, user: roleOf(service), password })
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

async function makeDatabase(superuser: Connection, database: string): Promise<void> {
  if (superuser.database === database) return
  await connected(superuser, async (client) => {
    await client.query('select pg_advisory_lock($1, $2)', [...settingUp])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(database)}`)
  })
}

/** Roles belong to the whole server: databases beside ours share them, so what is there is only given the password again. */
async function makeRole(client: pg.Client, service: string, password: string): Promise<void> {
  const role = pg.escapeIdentifier(roleOf(service))
  const { rows } = await client.query<{ mighty: boolean }>('select rolsuper or rolbypassrls as mighty from pg_roles where rolname = $1', [
    roleOf(service),
  ])
  if (rows[0]?.mighty) {
    throw new CannotStart(
      `The role ${roleOf(service)} of the database may see everybody's data (SUPERUSER or BYPASSRLS). Take that from it.`,
    )
  }
  if (rows.length === 0) await client.query(`create role ${role} login`)
  await client.query(`alter role ${role} login password ${pg.escapeLiteral(password)}`)
}

async function makeSchema(client: pg.Client, schema: string, service: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [schema])
  if (rowCount) return
  const role = pg.escapeIdentifier(roleOf(service))
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
