import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { selfSigned } from '@pe/platform/testing/self-signed.ts'
import { testLog } from '@pe/platform/testing/test-ports.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepTlsFresh, readTlsFiles } from './tls-files.ts'

const since = new Date('2026-11-01T00:00:00Z')
let folder = ''
let paths: { cert: string; key: string }

async function put(name: string): Promise<void> {
  const { cert, key } = selfSigned(name, since)
  await writeFile(paths.cert, cert)
  await writeFile(paths.key, key)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pe-tls-'))
  paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  await put('first.example')
})
afterEach(() => rm(folder, { recursive: true }))

it('takes a renewed certificate without a restart, and keeps the old one while the new cannot be read', async () => {
  const server = createServer(await readTlsFiles(paths), (_, response) => response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const shown = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
        resolve(String(socket.getPeerCertificate().subject.CN))
        socket.destroy()
      })
      socket.once('error', reject)
    })
  const fresh = keepTlsFresh(server, paths, testLog())
  try {
    expect(await shown()).toBe('first.example')
    await put('second.example')
    await utimes(paths.cert, since, since)
    await fresh.look()
    expect(await shown()).toBe('second.example')
    await writeFile(paths.key, 'half a key')
    await expect(fresh.look()).rejects.toThrow(/are no certificate and its key/)
    expect(await shown()).toBe('second.example')
    await put('third.example')
    await fresh.look()
    expect(await shown()).toBe('third.example')
  } finally {
    await fresh.stop()
    server.close()
  }
})

it('says in one sentence what is wrong', async () => {
  await expect(readTlsFiles({ ...paths, cert: join(folder, 'none.pem') })).rejects.toThrow(
    /^PE_TLS_CERT: .*none\.pem cannot be read \(ENOENT\)\.$/,
  )
  await writeFile(paths.key, selfSigned('other.example', since).key)
  await expect(readTlsFiles(paths)).rejects.toThrow(/are no certificate and its key/)
})
