// `npm run dev`: the server, started again when a source changes, and the web app with hot reloading on http://localhost:5173 (it asks the server).
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './pinned-runtime.mjs'
import { setUp } from './set-up.mjs'

const runtime = await setUp({ web: false })
const watched = ['apps/server/src', 'services', 'packages'].map((folder) => `--watch-path=${join(root, folder)}`)
const parts = [
  spawn(runtime, ['--watch', ...watched, join(root, 'apps/server/bin/pe.mjs'), 'serve', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  }),
  spawn(runtime, [join(root, 'node_modules/vite/bin/vite.js')], { cwd: join(root, 'apps/web'), stdio: 'inherit' }),
]

const stopAll = () => {
  for (const part of parts) part.kill('SIGTERM')
}

// A Ctrl-C in the terminal reaches both by itself; when one of them ends, the other has no use.
process.on('SIGINT', () => {})
process.on('SIGTERM', stopAll)
process.exitCode = await Promise.race(parts.map((part) => new Promise((resolve) => part.once('exit', (ended) => resolve(ended ?? 0)))))
stopAll()
