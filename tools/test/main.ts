import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { crash, lint, tidy, types } from './house-checks.ts'
import { type Step, type Tally, total } from './tally.ts'
import { suites } from './vitest-suites.ts'

/**
 * Runs every check and closes with one line 'N passed, N failed'.
 * `--fast` leaves out what needs a database, a browser or a build; words narrow the vitest files.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const fast = process.argv.includes('--fast')
if (process.env.PE_REQUIRE_SHARED === '1' && !existsSync(`${root}../shared/reference`)) {
  console.error('PE_REQUIRE_SHARED=1, but the folder ../shared with the reference figures and samples is not there.')
  process.exit(1)
}
const steps: readonly Step[] = [
  { name: 'types', run: types },
  { name: 'lint', run: lint },
  { name: 'tidy', run: tidy },
  {
    name: fast ? 'fast tests' : 'tests',
    run: () => suites(root, fast ? ['unit', 'component'] : ['unit', 'component', 'database', 'scenario']),
  },
  ...(fast
    ? []
    : [
        { name: 'kills', run: crash },
        { name: 'browser tests', run: () => suites(root, ['browser']) },
      ]),
]

const tallies: Tally[] = []
for (const step of steps) {
  const started = performance.now()
  console.log(`\n── ${step.name}`)
  const tally = await step.run(root)
  tallies.push(tally)
  console.log(
    `   ${step.name}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
}
const { passed, failed, skipped } = total(tallies)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
