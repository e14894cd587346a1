import { fileURLToPath } from 'node:url'
import { catalogueKeys } from './rules/catalogue-keys.ts'
import { catalogues } from './rules/catalogues.ts'
import { crossSchemaSql } from './rules/cross-schema-sql.ts'
import { declaredLibraries } from './rules/declared-libraries.ts'
import { environment } from './rules/environment.ts'
import { fileNames } from './rules/file-names.ts'
import { generated } from './rules/generated-files.ts'
import { importCycles } from './rules/import-cycles.ts'
import { importTable } from './rules/import-table.ts'
import { purity } from './rules/purity.ts'
import { screenWords } from './rules/screen-words.ts'
import { isCode, isTest, type Rule, type SourceFile, sourceFiles } from './source-files.ts'

const rules: readonly Rule[] = [
  importTable,
  declaredLibraries,
  importCycles,
  crossSchemaSql,
  environment,
  purity,
  fileNames,
  screenWords,
  catalogues,
  catalogueKeys,
  generated,
]

/** `npm run tidy`: the rules of the house as tests. One line a finding, one closing line 'N passed, N failed' (rules). */
const files = sourceFiles(fileURLToPath(new URL('../../', import.meta.url)))
let failed = 0
for (const rule of rules) {
  const findings = await rule.check(files)
  if (findings.length > 0) failed += 1
  for (const { path, line, sentence } of findings) console.log(`${path}:${line} ${sentence}`)
}
printLargest(files)
console.log(`tidy: ${rules.length - failed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

/** For the eye only: past 300 lines ask whether it is two things. */
function printLargest(all: readonly SourceFile[]): void {
  const sizes = all
    .filter((file) => isCode(file.path) && !isTest(file.path) && !file.path.includes('.generated.'))
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length }))
    .sort((a, b) => b.lines - a.lines)
  console.log(
    `largest files: ${sizes
      .slice(0, 10)
      .map(({ path, lines }) => `${path} ${lines}`)
      .join(', ')}`,
  )
}
