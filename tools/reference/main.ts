import { statSync } from 'node:fs'
import { describe, runFolder } from './run-folder.ts'

/** `npm run reference -- FOLDER`: runs reference cases in the shapes of SHAPES.md; ends with 1 on a failure or an unknown shape. */
const folder = process.argv[2]
if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(folder === undefined ? 'Name the folder of reference files: npm run reference -- FOLDER' : `There is no folder ${folder}.`)
  process.exit(2)
}

const reports = runFolder(folder)
for (const report of reports) console.log(describe(report))
const total = (kind: 'passed' | 'failed' | 'waiting') => reports.reduce((sum, { cases }) => sum + cases[kind], 0)
console.log(`${reports.length} files: ${total('passed')} passed, ${total('failed')} failed, ${total('waiting')} waiting`)
if (reports.length === 0) console.error(`${folder} holds no JSON file.`)
process.exitCode = reports.length === 0 || total('failed') > 0 ? 1 : 0
