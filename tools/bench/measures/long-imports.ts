import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Api, importFile } from '../http.ts'
import { beside, type Measured, measured } from '../measured.ts'
import { type Entrance, ServerProcess } from '../server-process.ts'
import { transactionsCsv, workloadOf } from '../workload.ts'

const megabyte = 1024 * 1024

/** 100,000 transactions of 250 instruments, handed in, previewed and committed into a fresh folder, until their positions with lots are told. */
export async function importOfManyRows(today: string, repeats: number): Promise<Measured> {
  const csv = transactionsCsv(await workloadOf({ instruments: 250, transactions: 100_000 }, today))
  const samples: number[] = []
  while (samples.length < repeats) {
    await onFreshServer(async (api) => {
      const start = performance.now()
      const { portfolioId } = await importFile(api, 'transactions.csv', csv, 'Bench')
      await api.get(`/portfolios/${portfolioId}/positions`)
      samples.push(performance.now() - start)
    })
  }
  return measured('import of 100,000 transactions', samples)
}

/** What preview and commit of a million rows need above idle, and how long the event loop keeps everybody else waiting meanwhile. */
export async function memoryOfAMillionRows(): Promise<Measured[]> {
  const csv = await aMillionRows()
  const [peaks, waits]: [number[], number[]] = [[], []]
  let seconds = 0
  await onFreshServer(async (api, server) => {
    // the connections are open and the modules loaded: what the import needs is what follows
    await api.get('/imports')
    const idle = await server.memory()
    await server.forgetPeak()
    const watch = watched(api)
    const start = performance.now()
    await importPatiently(server, csv)
    seconds = (performance.now() - start) / 1000
    peaks.push(((await server.peakMemory()) - idle) / megabyte)
    waits.push(...(await watch.end()))
  })
  return [
    measured('memory of a 1,000,000-row import', peaks),
    beside('import of 1,000,000 rows', 's', [seconds]),
    beside('longest wait of another request meanwhile', 'ms', [Math.max(...waits)]),
  ]
}

/** As `importFile`, but through node:http: fetch gives up when an answer takes more than five minutes. */
async function importPatiently({ url, operatorToken }: Entrance, csv: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const post = async (path: string, body: string, type: string): Promise<unknown> => {
    const asked = request({
      host: hostname,
      port,
      path: `/api/v1${path}`,
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${operatorToken}` },
    })
    asked.end(body)
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    const said = await text(response)
    if ((response.statusCode ?? 500) >= 400) throw new Error(`POST ${path} answered ${response.statusCode}: ${said.slice(0, 500)}`)
    return JSON.parse(said)
  }
  const query = new URLSearchParams({ fileName: 'million.csv', portfolio: 'Million', baseCurrency: 'USD' })
  const preview = (await post(`/imports?${query}`, csv, 'application/octet-stream')) as { id: string; counts: { error: number } }
  if (preview.counts.error > 0) throw new Error(`${preview.counts.error} rows are in error`)
  await post(`/imports/${preview.id}/commit`, '{}', 'application/json')
}

/** Trades of ten accounts over ten years, a line each: four purchases of a share, then a sale of some of it. */
async function aMillionRows(): Promise<string> {
  const lines = ['date,kind,account,symbol,quantity,price,amount,fee,currency']
  for (let at = 0; at < 1_000_000; at++) {
    const day = new Date(Date.UTC(2014, 0, 1) + Math.floor(at / 250) * 86_400_000).toISOString().slice(0, 10)
    const [kind, units] = at % 5 === 4 ? ['sell', 2] : ['buy', 3]
    const five = Math.floor(at / 5)
    lines.push(`${day},${kind},Account ${five % 10},S${five % 97},${units},${(10 + (at % 1000) / 100).toFixed(2)},,0.1,USD`)
  }
  return `${lines.join('\n')}\n`
}

/** Asks for something small over and over; answers how long each answer took. */
function watched(api: Api): { end(): Promise<number[]> } {
  const waits: number[] = []
  let going = true
  const asking = (async () => {
    while (going) {
      const start = performance.now()
      // a server that ended is told by the import itself
      await api.get('/about').catch(() => {})
      waits.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  return {
    async end() {
      going = false
      await asking
      return waits
    },
  }
}

async function onFreshServer(use: (api: Api, server: ServerProcess) => Promise<void>): Promise<void> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pe-bench-'))
  const server = await ServerProcess.start(dataFolder)
  try {
    await use(new Api(server), server)
  } finally {
    await server.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}
