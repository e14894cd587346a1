import { importsOf } from '../imports.ts'
import type { Finding, Rule } from '../source-files.ts'

/** No file reaches itself through its imports: a reader could not say what comes first. */
export const importCycles: Rule = {
  name: 'import cycles',
  check(files) {
    const known = new Set(files.map((file) => file.path))
    const edges = new Map<string, { to: string; line: number }[]>()
    for (const found of importsOf(files)) {
      if (!found.target || !known.has(found.target)) continue
      edges.set(found.from, [...(edges.get(found.from) ?? []), { to: found.target, line: found.line }])
    }
    const findings: Finding[] = []
    const state = new Map<string, 'open' | 'done'>()
    const path: string[] = []
    const visit = (file: string) => {
      state.set(file, 'open')
      path.push(file)
      for (const { to, line } of edges.get(file) ?? []) {
        if (state.get(to) === 'open')
          findings.push({
            path: file,
            line,
            sentence: `import cycle: ${[...path.slice(path.indexOf(to)), to].join(' → ')}; give what both need a file of its own`,
          })
        else if (!state.has(to)) visit(to)
      }
      path.pop()
      state.set(file, 'done')
    }
    for (const file of [...edges.keys()].sort()) if (!state.has(file)) visit(file)
    return findings
  },
}
