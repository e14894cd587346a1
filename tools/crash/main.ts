import { parseArgs } from 'node:util'
import { quantile } from '../bench/measured.ts'
import { crash } from './crash.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } } })
const began = performance.now()
const crashes = await crash(Number(values.rounds), (sentence) => process.stderr.write(`${sentence}\n`))
const times = crashes.readyAgain.map(({ milliseconds }) => milliseconds)
/** Ready again within so long, or it fails. */
const mostMilliseconds = 10_000
const slow = crashes.readyAgain.filter(({ milliseconds }) => milliseconds > mostMilliseconds)

if (values.json) console.log(JSON.stringify(crashes, null, 2))
else {
  for (const sentence of crashes.wrong.slice(0, 20)) console.log(sentence)
  console.log(
    `${crashes.rounds} kills, ${crashes.acknowledged} transactions acknowledged, ${crashes.wrong.length} wrong; ` +
      `ready again p50 ${(quantile(times, 0.5) / 1000).toFixed(2)} s, max ${(Math.max(...times) / 1000).toFixed(2)} s; ` +
      `${((performance.now() - began) / 1000).toFixed(0)} s in all`,
  )
}
process.exitCode = crashes.wrong.length > 0 || slow.length > 0 ? 1 : 0
