import pg from 'pg'
import { CannotStart } from './cannot-start.ts'
import type { Connection } from './connection.ts'

/** cannot_connect_now: starting, recovering or stopping. */
const notYet = '57P03'
const invalidPassword = '28P01'

export type Pulse = 'answers' | 'busy' | 'silent'

/** Is a server there that takes our password? `busy`: it starts up or shuts down. */
export async function probe(connection: Connection): Promise<Pulse> {
  const client = quietClient(connection)
  try {
    await client.connect()
    return 'answers'
  } catch (trouble) {
    const code = trouble instanceof Error && 'code' in trouble ? trouble.code : undefined
    if (code === invalidPassword) {
      throw new CannotStart(
        'The running database does not take our password: database-passwords.json of the data folder is not the one it was made with.',
      )
    }
    return code === notYet ? 'busy' : 'silent'
  } finally {
    await client.end().catch(() => {})
  }
}

/** A client whose loss is an event that somebody has to look at, never the end of the process. */
export function quietClient(connection: Connection): pg.Client {
  const client = new pg.Client({ ...connection, application_name: 'portfolioengine', connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  return client
}
