import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchPostgres } from '@pe/platform/postgres/launch-postgres.ts'
import { databaseSecrets } from '@pe/platform/postgres/secrets.ts'
import pg from 'pg'

export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>

const database = 'portfolioengine'

/** A look into the database of a data folder whose server is running. Where its socket is stands in postmaster.pid, fifth line. */
export async function withDatabase<R>(dataFolder: string, use: (query: Query) => Promise<R>): Promise<R> {
  const [, , , port, host] = (await readFile(join(dataFolder, 'database', 'postmaster.pid'), 'utf8')).split('\n')
  const { superuser } = await databaseSecrets(dataFolder)
  return connected({ host, port: Number(port), user: 'pe_admin', password: superuser, database }, use)
}

/** Forgets every stored valuation, with the server stopped; the database is stopped again. */
export async function emptyValuations(dataFolder: string): Promise<void> {
  const postgres = await launchPostgres({ dataFolder })
  try {
    await connected({ ...postgres.superuser, database }, (query) => query('truncate analytics.valued_year, analytics.valued_scope'))
  } finally {
    await postgres.stop()
  }
}

async function connected<R>(options: pg.ClientConfig, use: (query: Query) => Promise<R>): Promise<R> {
  const client = new pg.Client(options)
  await client.connect()
  try {
    return await use(async (text, values = []) => (await client.query(text, [...values])).rows)
  } finally {
    await client.end()
  }
}
