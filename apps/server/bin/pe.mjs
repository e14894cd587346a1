#!/usr/bin/env node
// The command `pe`. Plain JavaScript: on an older Node it starts itself again under the runtime that npm brought along.
import * as module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { obeyParent, runAsChild } from '../../../bin/parent-and-child.mjs'
import { isNewEnough, pinnedRuntime, refuse, root } from '../../../bin/pinned-runtime.mjs'
import { serverFlags } from '../../../bin/server-flags.mjs'

if (isNewEnough()) {
  obeyParent()
  // Half of the time of a start is the compiling of modules.
  module.enableCompileCache?.(join(root, 'node_modules/.cache/compile'))
  // Not a static import: nothing of TypeScript may be parsed on an old Node.
  await import('../src/main.ts')
} else {
  const runtime = pinnedRuntime()
  if (!runtime)
    refuse(
      `PortfolioEngine needs Node.js 24.12 or newer; this is ${process.versions.node}, and the pinned one is not installed: run npm ci.`,
    )
  process.exit(await runAsChild(runtime, [...serverFlags(), fileURLToPath(import.meta.url), ...process.argv.slice(2)]))
}
