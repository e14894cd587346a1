// Run by starter.mjs: tells what it hears, and ends a moment after the first word.
import { obeyParent } from '../../../bin/parent-and-child.mjs'

obeyParent()
const [code, deaf] = process.argv.slice(2)
if (!deaf) {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      process.stdout.write(`${signal}\n`)
      setTimeout(() => process.exit(Number(code)), 200)
    })
  }
}
process.stdout.write(`ready ${process.pid}\n`)
if (code === 'at once') process.exitCode = 3
else setInterval(() => {}, 1000)
