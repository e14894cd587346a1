import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { CannotStart } from '../postgres/cannot-start.ts'
import type { Connection } from '../postgres/connection.ts'
import { grantRights } from './grant-rights.ts'
import { ownerOf } from './owner-of.ts'

export interface Migration {
  /** The service's name, which is its schema's. */
  readonly service: string
  /** As the service's role. */
  readonly connection: Connection
  /** Folder of the service's `0001_….sql`. */
  readonly migrations: URL
}

interface Step {
  readonly name: string
  readonly text: string
  readonly checksum: string
}

/** The tables that stand in every schema. */
const platformMigrations = new URL('../../migrations/', import.meta.url)
const migrating = [0x5045, 3] as const

/**
 * Brings a service's schema up to date: plain SQL, forward only, each file in a transaction of its own and remembered by its
 * checksum. They are carried out as the owner of the tables, from whom the service's role then has its rights. Answers the names of the files applied now.
 */
export async function migrate({ service, connection, migrations }: Migration): Promise<string[]> {
  const steps = [...(await stepsIn(platformMigrations, 'platform/')), ...(await stepsIn(migrations, ''))]
  const client = new pg.Client({ ...connection, application_name: `pe ${service} migrate`, options: `-c search_path=${service}` })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1, $2)', [migrating[0], migrating[1] * 1_000_000 + numberOf(service)])
    await client.query(`set role ${pg.escapeIdentifier(ownerOf(service))}`)
    await client.query(
      'create table if not exists schema_migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migration')
    const known = new Map(rows.map(({ name, checksum }) => [name, checksum]))
    refuseStrangers(service, steps, known)
    const applied: string[] = []
    for (const step of steps) {
      const before = known.get(step.name)
      if (before === undefined) {
        await apply(client, service, step)
        applied.push(step.name)
      } else if (before !== step.checksum) {
        throw new CannotStart(
          `The migration ${step.name} of ${service} was changed after it had been applied. Restore it and add a new file instead.`,
        )
      }
    }
    await grantRights(client, service, connection.user)
    return applied
  } finally {
    await client.end()
  }
}

/** A schema that knows more than we do was written by a newer version: an older one could only damage it. */
function refuseStrangers(service: string, steps: readonly Step[], known: ReadonlyMap<string, string>): void {
  const ours = new Set(steps.map(({ name }) => name))
  const stranger = [...known.keys()].find((name) => !ours.has(name))
  if (stranger) {
    throw new CannotStart(
      `The data of ${service} was written by a newer version (${stranger} is unknown here). Start that version or restore a backup.`,
    )
  }
}

async function apply(client: pg.Client, service: string, { name, text, checksum }: Step): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (trouble) {
    await client.query('rollback')
    const said = trouble instanceof Error ? trouble.message : String(trouble)
    throw new Error(`migration ${name} of ${service} failed: ${said}`, { cause: trouble })
  }
}

async function stepsIn(folder: URL, prefix: string): Promise<Step[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n')
      return { name: prefix + name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** Six digits that stand for the name, for a lock of its own. */
function numberOf(service: string): number {
  return createHash('sha256').update(service).digest().readUInt32BE() % 1_000_000
}
