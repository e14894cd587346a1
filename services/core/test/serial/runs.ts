import type { CoreUnderTest } from '../core-service.ts'
import { runWriters } from './run.ts'
import { notSerial } from './serial-order.ts'

export const commandsOfRun = 50
export const seed = 20_261_122

export interface Tally {
  readonly runs: number
  readonly commands: number
  readonly refused: ReadonlyMap<string, number>
}

/** So many runs, each with two to four writers; throws with seed and reason at the first one that looks like no serial order. */
export async function serialRuns(test: CoreUnderTest, runs: number): Promise<Tally> {
  const refused = new Map<string, number>()
  let commands = 0
  for (let n = 0; n < runs; n++) {
    const run = await runWriters(test, seed + n, 2 + (n % 3), commandsOfRun)
    const broken = await notSerial(test, run)
    if (broken !== null) throw new Error(`seed ${seed + n} with ${2 + (n % 3)} writers: ${broken}`)
    commands += run.done.length
    for (const { refusal } of run.done) if (refusal !== null) refused.set(refusal, (refused.get(refusal) ?? 0) + 1)
  }
  return { runs, commands, refused }
}
