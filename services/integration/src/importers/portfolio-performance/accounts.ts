import type { FileNote } from '@pe/contracts/import-notes.ts'
import { fileNote } from '../because.ts'
import type { ImportedAccount } from '../imported-file.ts'
import type { GraphNode } from './graph-node.ts'
import { fileCurrency } from './money-in-file.ts'
import type { Graph } from './read-graph.ts'

/** A cash account or a depot of the file; each becomes an account of ours, its key the file's uuid. */
export interface Book {
  readonly node: GraphNode
  readonly key: string
  readonly name: string
  readonly kind: 'account' | 'portfolio'
  /** Null when the file names a currency that there is not. */
  readonly currency: string | null
}

export interface Books {
  readonly books: readonly Book[]
  readonly accounts: readonly ImportedAccount[]
  readonly notes: readonly FileNote[]
}

/** Depots have no currency of their own: theirs is that of their reference account. Names are made unique, as a depot and its account often share one. */
export function readBooks(graph: Graph, baseCurrency: string): Books {
  const books: Book[] = []
  const accounts: ImportedAccount[] = []
  const notes: FileNote[] = []
  const taken = new Set<string>()
  const seen = new Set<GraphNode>()
  let retired = 0
  for (const kind of ['account', 'portfolio'] as const) {
    for (const node of graph.client.first(`${kind}s`)?.all(kind) ?? []) {
      if (seen.has(node)) continue
      seen.add(node)
      if (node.fields.isRetired === 'true') retired += 1
      const code =
        (kind === 'account' ? node : node.first('referenceAccount'))?.fields.currencyCode ||
        (graph.scaleVersion <= 28 ? 'EUR' : baseCurrency)
      const currency = fileCurrency(code)?.currency ?? null
      const name = uniqueName(node.fields.name || (kind === 'account' ? 'Account' : 'Depot'), kind, taken)
      const key = node.fields.uuid?.slice(0, 190) || `${kind} ${name}`
      books.push({ node, key, name, kind, currency })
      if (currency) accounts.push({ key, account: { name, currency } })
      else notes.push(fileNote('account-left-out', { name, currency: code }))
    }
  }
  if (retired > 0) notes.push(fileNote('accounts-retired', { count: String(retired) }))
  return { books, accounts, notes }
}

function uniqueName(name: string, kind: Book['kind'], taken: Set<string>): string {
  const base = name.slice(0, 180)
  let unique = base
  for (let nth = 1; taken.has(unique.toLowerCase()); nth++)
    unique = nth === 1 && kind === 'portfolio' ? `${base} (depot)` : `${base} (${nth + 1})`
  taken.add(unique.toLowerCase())
  return unique
}
