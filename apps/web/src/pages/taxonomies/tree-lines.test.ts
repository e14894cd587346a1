import type { Schema } from '@pe/sdk/client.ts'
import { describe, expect, test } from 'vitest'
import { movedTo, type Part, pathOf, treeLines, weightsOf } from './tree-lines.ts'

const node = (id: string, parentId: string | null) => ({ id, parentId, name: id, description: '', colour: null })
const fund = { kind: 'instrument', objectId: 'fund' } as const
const taxonomy: Schema<'Taxonomy'> = {
  ...{ id: 'regions', name: 'Regions', note: '', createdAt: '2026-01-01T00:00:00Z', version: 3 },
  nodes: [node('world', null), node('europe', 'world'), node('cash', null)],
  assignments: [
    { ...fund, nodeId: 'europe', weight: '60' },
    { kind: 'instrument', objectId: 'not held here', nodeId: 'cash', weight: '100' },
  ],
}
const part: Part = { ...fund, name: 'Fund', value: { amount: '10', currency: 'EUR' } }
const said = (closed: string[]) =>
  treeLines(taxonomy, [part], new Set(closed)).map((line) =>
    line.type === 'node' ? `${line.depth} ${line.node.name}${line.below ? ' +' : ''}` : `${line.depth} ${line.part.name} ${line.weight}`,
  )

describe('lines of a tree', () => {
  test('are its nodes with what is held of each; what stands below a closed one is hidden', () => {
    expect(said([])).toEqual(['0 world +', '1 europe +', '2 Fund 60', '0 cash'])
    expect(said(['europe'])).toEqual(['0 world +', '1 europe +', '0 cash'])
    expect(said(['world'])).toEqual(['0 world +', '0 cash'])
    expect(pathOf(taxonomy.nodes, 'europe')).toBe('world › europe')
  })

  test('move what is dragged: the unclassified rest, or all of one node', () => {
    const before = weightsOf(taxonomy, fund)
    expect(movedTo(before, null, 'cash')).toEqual([
      { nodeId: 'europe', weight: '60' },
      { nodeId: 'cash', weight: '40' },
    ])
    expect(movedTo(before, null, 'europe')).toEqual([{ nodeId: 'europe', weight: '100' }])
    expect(movedTo([...before, { nodeId: 'cash', weight: '12.5' }], 'europe', 'cash')).toEqual([{ nodeId: 'cash', weight: '72.5' }])
    expect(movedTo([{ nodeId: 'europe', weight: '100' }], null, 'cash')).toEqual([{ nodeId: 'europe', weight: '100' }])
  })
})
