import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { provision } from '../db/provision.ts'
import type { Connection } from '../postgres/connection.ts'
import { quietClient } from '../postgres/probe.ts'

export interface TestDatabase {
  readonly superuser: Connection
  readonly connections: ReadonlyMap<string, Connection>
  drop(): Promise<void>
}

/** A fresh database with the roles and schemas of these services, set up as in production. */
export async function testDatabase(services: readonly string[]): Promise<TestDatabase> {
  const server = inject('testPostgres')
  if (!server) throw new Error('the database project of vitest.config.ts starts PostgreSQL: run this test in it (--project database)')
  const database = `test_${randomUUID().replaceAll('-', '')}`
  // Roles belong to the server, which other test files use at the same time: so all of them take one password.
  const connections = await provision({ superuser: server, database, services, passwordOf: async () => server.password })
  return {
    superuser: { ...server, database },
    connections,
    async drop() {
      const client = quietClient(server)
      await client.connect()
      await client.query(`drop database "${database}" with (force)`)
      await client.end()
    },
  }
}
