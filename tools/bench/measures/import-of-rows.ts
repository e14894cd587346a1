import { loadedFolder } from '../loaded-server.ts'
import { type Measured, measured } from '../measured.ts'
import type { Workload } from '../workload.ts'

/** Handing in, previewing and committing the transactions, each time into a fresh data folder. */
export async function importOfRows(workload: Workload, first: number, repeats: number): Promise<Measured> {
  const samples = [first]
  while (samples.length < repeats) {
    const folder = await loadedFolder(workload)
    samples.push(folder.importMilliseconds)
    await folder.remove()
  }
  return measured('import of 10,000 rows', samples)
}
