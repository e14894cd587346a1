import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command } from './command.ts'
import { type Tally, verdict } from './tally.ts'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numFailedTestSuites: number
  readonly success: boolean
}

/** Runs projects of vitest.config.ts; a file that does not even load counts as one failure. */
export async function suites(root: string, projects: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'pe-test-'))
  const file = join(folder, 'report.json')
  try {
    const words = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...projects.map((project) => `--project=${project}`)]
    const { code } = await command(root, [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...words], { NO_COLOR: '1' })
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    const failed = report.numFailedTests || (code === 0 && report.success ? 0 : Math.max(1, report.numFailedTestSuites))
    return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests }
  } catch {
    return verdict(false)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
