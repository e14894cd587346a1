import type pg from 'pg'
import { CannotStart } from '../postgres/cannot-start.ts'
import { type DatabaseOptions, ServiceDatabase } from './service-database.ts'

export interface OpenOptions extends DatabaseOptions {
  /** Only tests may run on a server that loses commits when the machine stops. */
  readonly mayLoseCommits?: boolean
}

/** A service's database, open and checked: a server that would lose commits in a power cut is refused. */
export async function openDatabase<Tables>(options: OpenOptions): Promise<ServiceDatabase<Tables>> {
  const database = new ServiceDatabase<Tables>(options)
  try {
    if (!options.mayLoseCommits) await checkDurability(database.pool)
    return database
  } catch (trouble) {
    await database.close()
    throw trouble
  }
}

async function checkDurability(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`,
  )
  if (rows.length === 0) return
  const names = rows.map(({ name }) => name).join(', ')
  throw new CannotStart(`The database runs with ${names} switched off and would lose what it has confirmed. Switch that on.`)
}
