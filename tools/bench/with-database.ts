import { launchPostgres } from '@pe/platform/postgres/launch-postgres.ts'
import pg from 'pg'

export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>

/** A look into the database of a data folder whose server runs (it is adopted) or not (it is started and left to `stopDatabase`). */
export async function withDatabase<R>(dataFolder: string, use: (query: Query) => Promise<R>): Promise<R> {
  const postgres = await launchPostgres({ dataFolder })
  const client = new pg.Client({ ...postgres.superuser, database: 'portfolioengine' })
  await client.connect()
  try {
    return await use(async (text, values = []) => (await client.query(text, [...values])).rows)
  } finally {
    await client.end()
  }
}

/** Forgets every stored valuation, with the server stopped; the database is stopped again. */
export async function emptyValuations(dataFolder: string): Promise<void> {
  const postgres = await launchPostgres({ dataFolder })
  const client = new pg.Client({ ...postgres.superuser, database: 'portfolioengine' })
  await client.connect()
  await client.query('truncate analytics.daily_valuation, analytics.valued_scope')
  await client.end()
  await postgres.stop()
}
