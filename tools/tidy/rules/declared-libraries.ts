import { importsOf, unitOf, workspaceFolders } from '../imports.ts'
import { type Finding, isTest, type Rule, type SourceFile } from '../source-files.ts'

/** Declared though no line of ours imports them: another library asks for them as its peer. */
const peers: ReadonlySet<string> = new Set(['@emotion/styled'])

interface Declared {
  readonly file: SourceFile
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

/** A workspace declares what it imports, and nothing else; one exact version of each library serves all. Tests and tools may use the root's. */
export const declaredLibraries: Rule = {
  name: 'declared libraries',
  check(files) {
    const root = declaredIn(files, 'package.json')
    const units = new Map([...workspaceFolders(files).values()].map((unit) => [unit, declaredIn(files, `${unit}/package.json`)]))
    const imported = new Map<string, Set<string>>()
    const findings: Finding[] = []
    for (const { from, line, says } of importsOf(files)) {
      const [unit, library] = [unitOf(from), libraryOf(says)]
      const declared = unit === null ? undefined : units.get(unit)
      if (unit === null || !declared || !library || library === nameOf(declared)) continue
      imported.set(unit, (imported.get(unit) ?? new Set()).add(library))
      const tooling = isTest(from) || !from.startsWith(`${unit}/src/`) || from.includes('/testing/')
      const known = { ...declared.dependencies, ...(tooling ? { ...declared.devDependencies, ...root?.devDependencies } : {}) }
      if (!(library in known))
        findings.push({ path: from, line, sentence: `${library} is not among the dependencies of ${unit}/package.json` })
    }
    for (const [unit, declared] of units) findings.push(...idle(unit, declared, imported.get(unit) ?? new Set(), files))
    return [...findings, ...versions([root, ...units.values()])]
  },
}

function idle(unit: string, declared: Declared | undefined, imported: ReadonlySet<string>, files: readonly SourceFile[]): Finding[] {
  if (!declared) return []
  const names = Object.keys({ ...declared.dependencies, ...declared.devDependencies })
  return names
    .filter((name) => !imported.has(name) && !peers.has(name) && !resolvedIn(unit, name, files))
    .map((name) => ({ path: declared.file.path, line: 1, sentence: `${name} is declared and never imported: take it out` }))
}

/** Files of a library may be read without importing it. */
function resolvedIn(unit: string, name: string, files: readonly SourceFile[]): boolean {
  return files.some(({ path, text }) => unitOf(path) === unit && text.includes(`import.meta.resolve('${name}`))
}

function versions(all: readonly (Declared | undefined)[]): Finding[] {
  const first = new Map<string, string>()
  return all.flatMap((declared) =>
    Object.entries({ ...declared?.devDependencies, ...declared?.dependencies }).flatMap(([name, version]) => {
      const other = first.get(name) ?? version
      first.set(name, other)
      const finding = (sentence: string) => [{ path: declared?.file.path ?? '', line: 1, sentence }]
      if (version !== other) return finding(`${name} is ${version} here and ${other} elsewhere: one version serves all`)
      return /^[\^~><*]/.test(version) ? finding(`${name} is ${version}: pin the exact version`) : []
    }),
  )
}

function declaredIn(files: readonly SourceFile[], path: string): Declared | undefined {
  const file = files.find((one) => one.path === path)
  return file && { file, dependencies: {}, devDependencies: {}, ...(JSON.parse(file.text) as Partial<Declared>) }
}

function nameOf({ file }: Declared): string {
  return (JSON.parse(file.text) as { name: string }).name
}

function libraryOf(says: string): string | null {
  if (says.startsWith('.') || says.startsWith('node:')) return null
  return says
    .split('/')
    .slice(0, says.startsWith('@') ? 2 : 1)
    .join('/')
}
