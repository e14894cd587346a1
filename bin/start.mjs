// `npm start`: everything from a fresh clone to a running server.
import { join } from 'node:path'
import { runAsChild } from './parent-and-child.mjs'
import { root } from './pinned-runtime.mjs'
import { serverFlags } from './server-flags.mjs'
import { setUp } from './set-up.mjs'

const runtime = await setUp()
process.exit(await runAsChild(runtime, [...serverFlags(), join(root, 'apps/server/bin/pe.mjs'), 'serve', ...process.argv.slice(2)]))
