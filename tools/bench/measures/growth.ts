import { loadedFolder } from '../loaded-server.ts'
import { type Measured, measured, median } from '../measured.ts'
import { sizeOf, type WorkloadSize, workloadOf } from '../workload.ts'
import { firstRequest } from './first-request.ts'

const sizes: readonly WorkloadSize[] = [
  { instruments: 20, transactions: 1_000 },
  { instruments: 250, transactions: 100_000 },
]

/** Slope of log CPU over log (transactions + closes) of a cold first request, from the small workload to the large one. */
export async function growth(today: string, repeats: number): Promise<Measured> {
  const points: { size: number; cpu: number[] }[] = []
  for (const size of sizes) {
    const workload = await workloadOf(size, today)
    const folder = await loadedFolder(workload)
    try {
      const cpu: number[] = []
      for (let run = 0; run < repeats; run++) cpu.push((await firstRequest(folder)).cpu)
      points.push({ size: sizeOf(workload), cpu })
    } finally {
      await folder.remove()
    }
  }
  const [small, large] = points as [(typeof points)[number], (typeof points)[number]]
  const slope = (a: number, b: number): number => Math.log(b / a) / Math.log(large.size / small.size)
  const samples = small.cpu.map((cpu, run) => slope(cpu, large.cpu[run] as number))
  return measured('growth exponent', samples, slope(median(small.cpu), median(large.cpu)))
}
