import { parseArgs } from 'node:util'
import { bookProperties } from '@pe/finance/properties/book-properties.fixture.ts'
import { figureProperties } from '@pe/finance/properties/figure-properties.fixture.ts'
import { lotProperties } from '@pe/finance/properties/lot-properties.fixture.ts'
import { seed } from '@pe/finance/properties/property.fixture.ts'
import { cases, outcomeOf } from '@pe/finance/properties/run.fixture.ts'
import { wireProperties } from './wire-properties.ts'

/** Every property on random books: as many cases as `npm test` runs, or ten times as many (`--long`), on the usual seed or another one. */
const { values } = parseArgs({ options: { long: { type: 'boolean', default: false }, seed: { type: 'string', default: String(seed) } } })
const [runs, from] = [values.long ? cases * 10 : cases, Number(values.seed)]
const properties = [...bookProperties, ...lotProperties, ...figureProperties, ...wireProperties]
const width = Math.max(...properties.map(({ name }) => name.length))
const broken: string[] = []
const begun = performance.now()
console.log(`${'property'.padEnd(width)}   cases  seconds  seed`)
for (const property of properties) {
  const start = performance.now()
  const outcome = outcomeOf(property, runs, from)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(
    `${property.name.padEnd(width)}  ${String(runs).padStart(6)}  ${seconds.padStart(7)}  ${from}${outcome === 'holds' ? '' : '  BROKEN'}`,
  )
  if (outcome !== 'holds') broken.push(`${property.name}: ${outcome}`)
}
const whole = ((performance.now() - begun) / 1000).toFixed(1)
console.log(`\n${properties.length} properties, ${properties.length * runs} cases, ${broken.length} broken, ${whole} s`)
for (const sentence of broken) console.error(`\n${sentence}`)
process.exitCode = broken.length > 0 ? 1 : 0
