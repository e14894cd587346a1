import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileReport, runFile } from './run-file.ts'

/** Runs every JSON file of a folder, in the order of their names. */
export function runFolder(folder: string): FileReport[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
  return files.map(({ name }) => runFile(name, readFileSync(join(folder, name), 'utf8'))).sort((a, b) => (a.file < b.file ? -1 : 1))
}

/** A line per file, what it waits for, and what went wrong. */
export function describe({ file, cases, lines, needs, complaints }: FileReport): string {
  const head = `${file}: ${cases.passed} passed, ${cases.failed} failed, ${cases.waiting} waiting`
  const inLines = lines.passed + lines.failed + lines.waiting
  const detail = ` (lines: ${lines.passed} passed, ${lines.failed} failed, ${lines.waiting} waiting of ${inLines})`
  const waits = [...needs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([need, count]) => `${need} ${count}`)
  const rows = [head + detail]
  if (waits.length > 0) rows.push(`  waiting for: ${waits.join(', ')}`)
  for (const complaint of complaints) rows.push(`  FAILED ${complaint}`)
  return rows.join('\n')
}
