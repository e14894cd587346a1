import { parseArgs } from 'node:util'
import { loadedFolder } from './loaded-server.ts'
import type { Measured } from './measured.ts'
import { backDatedRecompute } from './measures/back-dated-recompute.ts'
import { durableWrites } from './measures/durable-writes.ts'
import { firstRequests } from './measures/first-request.ts'
import { growth } from './measures/growth.ts'
import { importOfRows } from './measures/import-of-rows.ts'
import { importOfManyRows, memoryOfAMillionRows } from './measures/long-imports.ts'
import { positionsAtRate } from './measures/positions-at-rate.ts'
import { postToValuationChanged } from './measures/post-to-valuation-changed.ts'
import { valuationAlone } from './measures/valuation-alone.ts'
import { printed } from './table.ts'
import { generatorIsThere, issueSize, workloadOf } from './workload.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '5' },
    'skip-growth': { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
  },
})
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)

/** Every measure in turn; sentences about the progress go to standard error, the figures to standard output. */
async function bench(): Promise<Measured[]> {
  const repeats = Number(values.repeats)
  const today = new Date().toISOString().slice(0, 10)
  const workload = await workloadOf(issueSize, today)
  say('Valuing ten years in this process …')
  const figures = [valuationAlone(workload), backDatedRecompute(workload)]
  say('Loading 100 instruments and 10,000 transactions into a server …')
  const folder = await loadedFolder(workload)
  try {
    say(`Asking for the first figures after ${repeats} cold starts …`)
    figures.push(...(await firstRequests(folder, repeats)))
    say('Recording back-dated transactions …')
    figures.push(await postToValuationChanged(folder, workload))
    say('Asking for positions 200 times a second …')
    figures.push(...(await positionsAtRate(folder)))
  } finally {
    await folder.remove()
  }
  say('Recording single transactions by eight writers …')
  figures.push(...(await durableWrites()))
  say('Importing again into fresh folders …')
  figures.push(await importOfRows(workload, folder.importMilliseconds, Math.min(repeats, 3)))
  say('Importing 100,000 transactions …')
  figures.push(await importOfManyRows(today, Math.min(repeats, 3)))
  if (values.long) {
    say('Importing 1,000,000 rows …')
    figures.push(...(await memoryOfAMillionRows()))
  }
  if (!values['skip-growth']) {
    say('Growing to 250 instruments and 100,000 transactions …')
    figures.push(await growth(today, Math.min(repeats, 3)))
  }
  return figures
}

if (!generatorIsThere) {
  say('The bench needs the generator of its workload, ../shared/reference/bench-workload.mjs, which is not there: nothing was measured.')
  if (values.json) process.stdout.write('[]\n')
} else {
  const figures = await bench()
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : printed(figures))
  process.exitCode = figures.every(({ holds }) => holds !== false) ? 0 : 1
}
