import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generatedFiles } from './generated-files.ts'

/**
 * `npm run gen` writes everything that is generated; `npm run gen -- --check` writes nothing and fails when a file is out of date.
 */
const check = process.argv.includes('--check')
const root = fileURLToPath(new URL('../../', import.meta.url))
const stale: string[] = []
for (const { path, content } of await generatedFiles()) {
  if (read(root + path) === content) continue
  stale.push(path)
  if (!check) writeFileSync(root + path, content)
}
for (const path of stale) console.log(check ? `${path} is out of date: run npm run gen and commit the result` : `wrote ${path}`)
if (check && stale.length > 0) process.exit(1)

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
