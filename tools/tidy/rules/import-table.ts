import { libraryHomes, mayImport, pureUnits, testsMayImport } from '../import-table.ts'
import { type Import, importsOf, unitOf } from '../imports.ts'
import { type Finding, isTest, type Rule } from '../source-files.ts'

/** The import table is law. */
export const importTable: Rule = {
  name: 'import table',
  check: (files) => importsOf(files).flatMap((found) => [...ours(found), ...libraries(found)]),
}

function ours(found: Import): Finding[] {
  const from = unitOf(found.from)
  const to = found.target && unitOf(found.target)
  if (!from || !found.target || !to || from === to) return []
  const always = mayImport[from] ?? mayImport[from.replace(/\/.*/, '/*')] ?? []
  const allowed = isTest(found.from) ? [...always, ...(testsMayImport[from] ?? [])] : always
  if (allowed.some((entry) => permits(entry, to, found.target ?? ''))) return []
  const sentence =
    from.startsWith('services/') && to.startsWith('services/')
      ? `${from} imports ${to}: services never import each other; take a client of it in your deps (apps/server/src/compose.ts hands it over), or hear its facts`
      : `${from} must not import ${to} (docs/architecture.md "Who may import whom"); move what you need down into a package both may use`
  return [{ path: found.from, line: found.line, sentence }]
}

function permits(entry: string, unit: string, target: string): boolean {
  if (entry === '*' || entry === unit) return true
  if (entry.endsWith('/*')) return unit.startsWith(entry.slice(0, -1))
  return target.startsWith(entry)
}

function libraries(found: Import): Finding[] {
  if (found.target || isTest(found.from)) return []
  const from = unitOf(found.from)
  const library = found.says.startsWith('@') ? found.says.split('/').slice(0, 2).join('/') : (found.says.split('/')[0] ?? '')
  const homes = libraryHomes[library]
  if (homes && from !== 'tools' && !homes.some((home) => found.from.startsWith(home)))
    return [
      { path: found.from, line: found.line, sentence: `${library} is known to ${homes.join(' and ')} only: use what that place exports` },
    ]
  if (from && pureUnits.includes(from) && !homes)
    return [
      {
        path: found.from,
        line: found.line,
        sentence: `${from} is pure and imports no library: ${found.says} belongs in platform or in a service`,
      },
    ]
  return []
}
