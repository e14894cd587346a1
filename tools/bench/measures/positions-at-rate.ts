import { KeepAliveCaller } from '../keep-alive.ts'
import type { LoadedFolder } from '../loaded-server.ts'
import { beside, type Measured, measured, quantile } from '../measured.ts'
import { ServerProcess } from '../server-process.ts'

const perSecond = 200
const [warmUpSeconds, seconds] = [3, 15]

/** Positions with their lots, asked for at a constant rate, whatever has been answered: a slow reply does not make the next one late. */
export async function positionsAtRate({ dataFolder, portfolioId }: LoadedFolder): Promise<Measured[]> {
  const server = await ServerProcess.start(dataFolder)
  const caller = new KeepAliveCaller(server)
  try {
    const path = `/portfolios/${portfolioId}/positions`
    for (let n = 0; n < 5; n++) await caller.call('GET', path)
    const begin = performance.now()
    const samples: number[] = []
    const calls: Promise<void>[] = []
    const total = (warmUpSeconds + seconds) * perSecond
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        while (calls.length < total && performance.now() - begin >= (calls.length * 1000) / perSecond) {
          const due = begin + (calls.length * 1000) / perSecond
          const counts = calls.length >= warmUpSeconds * perSecond
          calls.push(caller.call('GET', path).then(() => void (counts && samples.push(performance.now() - due))))
        }
        if (calls.length < total) return
        clearInterval(timer)
        resolve()
      }, 1)
    })
    await Promise.all(calls)
    return [
      measured('positions of 10,000 transactions at 200/s, p99', samples, quantile(samples, 0.99)),
      beside('positions of 10,000 transactions at 200/s, p50', 'ms', samples),
    ]
  } finally {
    caller.close()
    await server.stop()
  }
}
