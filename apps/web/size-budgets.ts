import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

interface Budgets {
  /** KB of gzip of the JavaScript before the first screen. */
  readonly initial: number
  /** KB of gzip that one lazy route may add. */
  readonly route: number
  /** Name of the chunk that is not counted into routes. */
  readonly charts: string
}

interface Chunk {
  readonly type: 'chunk'
  readonly fileName: string
  readonly name: string
  readonly code: string
  readonly isEntry: boolean
  readonly isDynamicEntry: boolean
  readonly facadeModuleId: string | null
  readonly imports: readonly string[]
}

/** Fails the build with a sentence when the first screen or a route has grown past its budget. */
export function sizeBudgets(budgets: Budgets): Plugin {
  return {
    name: 'size-budgets',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle)
          .filter((output): output is typeof output & Chunk => output.type === 'chunk')
          .map((chunk) => [chunk.fileName, chunk as Chunk]),
      )
      const entry = [...chunks.values()].find((chunk) => chunk.isEntry)
      if (!entry) return
      const initial = reachable(entry, chunks)
      const found = [over('the first screen', initial, chunks, budgets.initial)]
      for (const chunk of chunks.values()) {
        if (!chunk.isDynamicEntry || !chunk.facadeModuleId?.includes('/src/pages/')) continue
        const own = new Set([...reachable(chunk, chunks)].filter((name) => !initial.has(name) && !isCharts(name, budgets.charts)))
        found.push(over(`the route ${chunk.name}`, own, chunks, budgets.route))
      }
      for (const name of initial)
        if (isCharts(name, budgets.charts)) found.push('The chart libraries are loaded with the first screen; import them lazily.')
      const sentences = found.filter((sentence) => sentence !== null)
      if (sentences.length > 0) this.error(sentences.join('\n'))
    },
  }
}

function isCharts(fileName: string, charts: string): boolean {
  return fileName.includes(`/${charts}-`)
}

function reachable(from: Chunk, chunks: ReadonlyMap<string, Chunk>, seen = new Set<string>()): Set<string> {
  if (seen.has(from.fileName)) return seen
  seen.add(from.fileName)
  for (const name of from.imports) {
    const next = chunks.get(name)
    if (next) reachable(next, chunks, seen)
  }
  return seen
}

function over(what: string, names: ReadonlySet<string>, chunks: ReadonlyMap<string, Chunk>, budget: number): string | null {
  const size = [...names].reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? '').length, 0) / 1024
  console.log(`  ${what}: ${size.toFixed(1)} KB of ${budget} KB JavaScript (gzip)`)
  return size > budget
    ? `JavaScript of ${what} is ${size.toFixed(1)} KB of gzip, over its budget of ${budget} KB: make a part of it lazy.`
    : null
}
