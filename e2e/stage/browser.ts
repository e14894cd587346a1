import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * A browser for the journeys: `PE_BROWSER` if it is set, else the Chromium that @sparticuz/chromium carries (Linux x64),
 * else an installed Chrome. Background traffic is switched off: the journeys need nothing but the server.
 */
export async function openBrowser(): Promise<Browser> {
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-gpu',
  ]
  const executablePath =
    process.env.PE_BROWSER ?? (process.platform === 'linux' && process.arch === 'x64' ? await carried() : installed.find(existsSync))
  if (!executablePath) throw new Error('no browser: install Chrome or name one in PE_BROWSER')
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--font-render-hinting=none', ...quiet] })
}

/** Unpacks the carried Chromium once, into the cache of this checkout; with its own libraries where the system lacks libnss3. */
async function carried(): Promise<string> {
  const folder = fileURLToPath(new URL('../../node_modules/.cache/chromium/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    const { default: pack, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium')

    const binary = await pack.executablePath()
    if (!hasNss()) {
      if (!existsSync(`${folder}al2023`))
        await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))))
      setupLambdaEnvironment(`${folder}al2023/lib`)
    }
    return binary
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function hasNss(): boolean {
  try {
    return execFileSync('ldconfig', ['-p'], { encoding: 'utf8' }).includes('libnss3.so')
  } catch {
    return false
  }
}
