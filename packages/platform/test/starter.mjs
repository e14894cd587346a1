// Run by starter.test.ts: starts a child as `npm start` does.
import { fileURLToPath } from 'node:url'
import { runAsChild } from '../../../bin/parent-and-child.mjs'

process.exit(await runAsChild(process.execPath, [fileURLToPath(new URL('./started.mjs', import.meta.url)), ...process.argv.slice(2)]))
