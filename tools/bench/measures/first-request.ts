import { Api } from '../http.ts'
import type { LoadedFolder } from '../loaded-server.ts'
import { beside, type Measured, measured } from '../measured.ts'
import { ServerProcess } from '../server-process.ts'
import { emptyValuations } from '../with-database.ts'

const megabyte = 1024 * 1024

export interface FirstRequest {
  readonly cpu: number
  readonly databaseCpu: number
  readonly startCpu: number
  readonly wall: number
  readonly memory: number
}

/** A cold start with nothing stored, then one request for the performance of ten years. */
export async function firstRequest({ dataFolder, portfolioId }: LoadedFolder): Promise<FirstRequest> {
  await emptyValuations(dataFolder)
  const server = await ServerProcess.start(dataFolder)
  try {
    const api = new Api(server)
    // Ready, and the connection open: what the first figures cost is what follows.
    await api.get('/about')
    await server.forgetPeak()
    const [startCpu, databaseBefore, idle] = [await server.cpu(), await server.databaseCpu(), await server.memory()]
    const start = performance.now()
    await api.get(`/portfolios/${portfolioId}/performance`)
    const wall = performance.now() - start
    const cpu = (await server.cpu()) - startCpu
    const memory = (await server.peakMemory()) - idle
    return { cpu, wall, startCpu, databaseCpu: (await server.databaseCpu()) - databaseBefore, memory: memory / megabyte }
  } finally {
    await server.stop()
  }
}

export async function firstRequests(folder: LoadedFolder, repeats: number): Promise<Measured[]> {
  const runs: FirstRequest[] = []
  for (let run = 0; run < repeats; run++) runs.push(await firstRequest(folder))
  return [
    measured(
      'first request, server CPU',
      runs.map(({ cpu }) => cpu),
    ),
    beside(
      'first request, wall clock',
      'ms',
      runs.map(({ wall }) => wall),
    ),
    beside(
      'first request, PostgreSQL CPU',
      'ms',
      runs.map(({ databaseCpu }) => databaseCpu),
    ),
    beside(
      'start until ready, server CPU (module loading)',
      'ms',
      runs.map(({ startCpu }) => startCpu),
    ),
    measured(
      'first request, peak memory above idle',
      runs.map(({ memory }) => memory),
    ),
  ]
}
