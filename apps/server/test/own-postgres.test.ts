import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '@pe/platform/testing/test-database.ts'
import { expect, it } from 'vitest'
import { startServer } from '../src/start-server.ts'

it('runs on a PostgreSQL of the operator', async () => {
  const database = await testDatabase(['auth', 'market', 'core', 'analytics', 'integration', 'gateway'])
  const folder = await mkdtemp(join(tmpdir(), 'pe-own-'))
  await chmod(folder, 0o711)
  const { host, port, user, password, database: name } = database.superuser
  const config = {
    port: 0,
    dataFolder: join(folder, 'data'),
    database: `postgres://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${name}`,
    logLevel: 'silent',
    readableLog: false,
    mail: { from: 'pe@localhost' },
  } as const
  const server = await startServer(config, { postgres: { fsync: 'off' }, passwordOf: async () => password })
  try {
    expect((await fetch(`http://127.0.0.1:${server.port}/health/ready`)).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${server.port}/api/v1/portfolios`)).status).toBe(200)
  } finally {
    await server.stop()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
})
