import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Api, importFile } from './http.ts'
import { ServerProcess } from './server-process.ts'
import { settled } from './settled.ts'
import { pricesCsv, transactionsCsv, type Workload } from './workload.ts'

/** A data folder that holds a workload, and the portfolio it became. */
export interface LoadedFolder {
  readonly dataFolder: string
  readonly portfolioId: string
  /** Milliseconds from handing the transactions in to their commit. */
  readonly importMilliseconds: number
  remove(): Promise<void>
}

/** Loads a workload into a fresh data folder the way a person would: closes as a file of prices, then the transactions of a broker. */
export async function loadedFolder(workload: Workload): Promise<LoadedFolder> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pe-bench-'))
  const remove = () => rm(dataFolder, { recursive: true, force: true })
  const server = await ServerProcess.start(dataFolder)
  try {
    const api = new Api(server)
    await importFile(api, 'prices.csv', pricesCsv(workload))
    const transactions = transactionsCsv(workload)
    const start = performance.now()
    const { portfolioId } = await importFile(api, 'transactions.csv', transactions, 'Bench')
    const importMilliseconds = performance.now() - start
    if (portfolioId === null) throw new Error('the import brought no portfolio')
    await settled(dataFolder)
    return { dataFolder, portfolioId, importMilliseconds, remove }
  } catch (trouble) {
    await server.stop()
    await remove()
    throw trouble
  } finally {
    await server.stop()
  }
}
