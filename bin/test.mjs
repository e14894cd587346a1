// `npm test`: everything from a fresh clone to one line 'N passed, N failed'. `npm run check` is the fast part (--fast).
import { join } from 'node:path'
import { runAsChild } from './parent-and-child.mjs'
import { root } from './pinned-runtime.mjs'
import { setUp } from './set-up.mjs'

const runtime = await setUp({ web: !process.argv.includes('--fast') })
process.exit(await runAsChild(runtime, [join(root, 'tools/test/main.ts'), ...process.argv.slice(2)]))
