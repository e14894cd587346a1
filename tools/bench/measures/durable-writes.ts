import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fsyncTimes } from '../fsync.ts'
import { Api } from '../http.ts'
import { KeepAliveCaller } from '../keep-alive.ts'
import { beside, type Measured, measured, quantile } from '../measured.ts'
import { ServerProcess } from '../server-process.ts'

const writers = 8
const instruments = 20
const [warmUpMilliseconds, milliseconds] = [3000, 15_000]

/**
 * Single transactions through HTTP, each under an idempotency key of its own, by eight writers: four on one account, four on one each. What
 * they record: purchases, sales, dividends and deposits of the last hundred days, none of which is refused.
 */
export async function durableWrites(): Promise<Measured[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pe-bench-'))
  const server = await ServerProcess.start(dataFolder)
  const caller = new KeepAliveCaller(server)
  try {
    const api = new Api(server)
    const ids: string[] = []
    for (let n = 0; n < instruments; n++) {
      const { id } = await api.post<{ id: string }>('/instruments', { name: `Share ${n}`, currency: 'EUR', kind: 'stock' })
      ids.push(id)
    }
    const accounts: string[] = []
    for (let n = 0; n <= writers / 2; n++)
      accounts.push((await api.post<{ id: string }>('/accounts', { name: `Account ${n}`, currency: 'EUR' })).id)
    const [shared, ...own] = accounts as [string, ...string[]]
    await api.post('/portfolios', { name: 'Bench', baseCurrency: 'EUR', accountIds: accounts })
    const fsyncs = await fsyncTimes(dataFolder)
    const samples: number[] = []
    const end = performance.now() + warmUpMilliseconds + milliseconds
    const begin = end - milliseconds
    const [cpu, databaseCpu] = [await server.cpu(), await server.databaseCpu()]
    const write = async (account: string, writer: number): Promise<void> => {
      for (let n = 0; performance.now() < end; n++) {
        const took = await caller.call('POST', `/accounts/${account}/transactions`, statementOf(n, writer, ids), randomUUID())
        if (performance.now() >= begin) samples.push(took)
      }
    }
    const accountOf = (writer: number): string => (writer < writers / 2 ? shared : (own[writer - writers / 2] as string))
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(accountOf(writer), writer)))
    const perSecond = samples.length / (milliseconds / 1000)
    const share = (spent: number): number => (100 * spent) / (warmUpMilliseconds + milliseconds)
    return [
      measured('durable single writes', [perSecond]),
      measured('durable single write, p99', samples, quantile(samples, 0.99)),
      beside('durable single write, p50', 'ms', samples),
      beside('fsync of the disk, p50', 'ms', fsyncs),
      beside('durable single writes, server CPU (of one core)', '%', [share((await server.cpu()) - cpu)]),
      beside('durable single writes, PostgreSQL CPU (of one core)', '%', [share((await server.databaseCpu()) - databaseCpu)]),
    ]
  } finally {
    caller.close()
    await server.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

/** Five purchases of ten units, three sales of one, a dividend and a deposit, over and over; every writer has its own days. */
function statementOf(n: number, writer: number, ids: readonly string[]): object {
  const date = new Date(Date.now() - (1 + ((n * 7 + writer) % 100)) * 86_400_000).toISOString().slice(0, 10)
  const instrumentId = ids[(Math.floor(n / 10) + writer) % ids.length]
  const turn = n % 10
  if (turn < 5) return { kind: 'buy', date: oldest, instrumentId, quantity: '10', price: '101.25', fee: '1.50' }
  if (turn < 8) return { kind: 'sell', date, instrumentId, quantity: '1', price: '107.5', fee: '1.50' }
  return turn === 8 ? { kind: 'dividend', date, instrumentId, amount: '12.34', tax: '3.25' } : { kind: 'deposit', date, amount: '1000' }
}

/** Bought before anything is sold. */
const oldest = new Date(Date.now() - 200 * 86_400_000).toISOString().slice(0, 10)
