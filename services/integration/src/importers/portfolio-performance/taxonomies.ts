import type { FileNote } from '@pe/contracts/import-notes.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { checkWeights } from '@pe/finance/taxonomy/weights.ts'
import { fileNote } from '../because.ts'
import type { ImportedTaxonomy } from '../imported-file.ts'
import type { Books } from './accounts.ts'
import type { GraphNode } from './graph-node.ts'
import type { Securities } from './instruments.ts'
import type { Graph } from './read-graph.ts'

/** More classifications than any tree of real life has; core takes no more either. */
const maxNodes = 2000
const colour = /^#[0-9a-fA-F]{6}$/

type TaxonomyOfFile = { -readonly [K in keyof ImportedTaxonomy]: ImportedTaxonomy[K] }
type Assigned = ImportedTaxonomy['assignments'][number]

/**
 * The trees of the file with what they sort. Its root is the taxonomy itself. Weights stand in hundredths of a percent; those of a security
 * or account that come to more than the whole are left out, as is what was assigned to the root or to something that is not imported.
 */
export function readTaxonomies(graph: Graph, books: Books, securities: Securities): { taxonomies: ImportedTaxonomy[]; notes: FileNote[] } {
  const taxonomies: ImportedTaxonomy[] = []
  let leftOut = 0
  const accountOf = new Map(books.books.flatMap((book) => (book.currency ? [[book.node, book.key] as const] : [])))
  for (const [place, element] of (graph.client.first('taxonomies')?.all('taxonomy') ?? []).entries()) {
    const root = element.first('root')
    const name = (element.fields.name || root?.fields.name || `Taxonomy ${place + 1}`).slice(0, 180)
    const key = (element.fields.id || name).slice(0, 190)
    if (taxonomies.some((taxonomy) => taxonomy.key === key)) continue
    const read = treeOf(root, (vehicle) => {
      const instrumentKey = securities.known.get(vehicle)?.key
      const accountKey = accountOf.get(vehicle)
      return instrumentKey === undefined ? (accountKey === undefined ? null : { accountKey }) : { instrumentKey }
    })
    const fitting = withinTheWhole(read.assignments)
    leftOut += read.leftOut + assignedToRoot(root) + read.assignments.length - fitting.length
    taxonomies.push({ key, name, nodes: read.nodes, assignments: fitting })
  }
  return { taxonomies, notes: notesOf(taxonomies, leftOut) }
}

function notesOf(taxonomies: readonly ImportedTaxonomy[], leftOut: number): FileNote[] {
  const names = taxonomies.map(({ name }) => name).join(', ')
  const found = taxonomies.length > 0 ? [fileNote('taxonomies', { count: String(taxonomies.length), names })] : []
  return leftOut > 0 ? [...found, fileNote('assignments-left-out', { count: String(leftOut) })] : found
}

function assignedToRoot(root: GraphNode | undefined): number {
  return root?.first('assignments')?.all('assignment').length ?? 0
}

type ObjectOf = (vehicle: GraphNode) => { readonly instrumentKey: string } | { readonly accountKey: string } | null

/** Each node before those below it, siblings by their rank. */
function treeOf(root: GraphNode | undefined, objectOf: ObjectOf) {
  const nodes: TaxonomyOfFile['nodes'][number][] = []
  const assignments: Assigned[] = []
  const taken = new Set<string>()
  let leftOut = 0
  const open = childrenOf(root).map((node) => ({ node, parentKey: null as string | null }))
  for (let next = open.shift(); next && nodes.length < maxNodes; next = open.shift()) {
    const { node, parentKey } = next
    const { fields } = node
    const key = freeKey((fields.id || fields.name || 'node').slice(0, 180), taken)
    nodes.push({
      key,
      parentKey,
      name: fields.name?.trim().slice(0, 200) || key,
      description: (fields.description ?? fields.note ?? '').slice(0, 2000),
      colour: colour.test(fields.color ?? '') ? (fields.color ?? null) : null,
    })
    for (const assignment of node.first('assignments')?.all('assignment') ?? []) {
      const vehicle = assignment.first('investmentVehicle')
      const object = vehicle ? objectOf(vehicle) : null
      const weight = Number(assignment.fields.weight)
      // a weight of 0 says nothing
      if (weight === 0) continue
      if (object && Number.isSafeInteger(weight) && weight > 0)
        assignments.push({ ...object, nodeKey: key, weight: Decimal.fromScaled(weight, 2).toString() })
      else leftOut += 1
    }
    open.unshift(...childrenOf(node).map((child) => ({ node: child, parentKey: key })))
  }
  return { nodes, assignments, leftOut }
}

function childrenOf(node: GraphNode | undefined): GraphNode[] {
  const children = [...(node?.first('children')?.all('classification') ?? [])]
  return children.sort((a, b) => Number(a.fields.rank ?? 0) - Number(b.fields.rank ?? 0))
}

function freeKey(wanted: string, taken: Set<string>): string {
  let key = wanted
  for (let nth = 2; taken.has(key); nth++) key = `${wanted} ${nth}`
  taken.add(key)
  return key
}

/** Assignments of objects whose weights are right together. */
function withinTheWhole(assignments: readonly Assigned[]): Assigned[] {
  const objects = Map.groupBy(assignments, ({ instrumentKey, accountKey }) => `${instrumentKey} ${accountKey}`)
  return Array.from(objects.values()).flatMap((own) => {
    const weights = own.map(({ nodeKey, weight }) => ({ nodeId: nodeKey, weight: Decimal.parse(weight) }))
    return checkWeights(weights).accepted ? own : []
  })
}
