import { CannotStart } from '../postgres/cannot-start.ts'
import type { Connection } from '../postgres/connection.ts'
import { quietClient } from '../postgres/probe.ts'

/** The operator's server, once it has answered; a sentence without the password when it does not. */
export async function answering(server: Connection): Promise<Connection> {
  const client = quietClient(server)
  try {
    await client.connect()
    return server
  } catch (trouble) {
    const said = trouble instanceof Error ? trouble.message || trouble.name : String(trouble)
    const place = `${server.host}:${server.port}/${server.database}`
    throw new CannotStart(`The database of PE_DATABASE (${place}) does not answer: ${said}.`, { cause: trouble })
  } finally {
    await client.end().catch(() => {})
  }
}
