import type { BatchTaxonomy, ObjectKind, Taxonomy } from '@pe/contracts/taxonomies.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, row, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const read = (taxonomyId: string) => test.core.getTaxonomy({ params: { taxonomyId } }, test.call)

/** The tree as it is printed, each line with what is assigned to it. */
const printed = ({ nodes, assignments }: Taxonomy): string[] => {
  const depth = (id: string | null): number => (id === null ? -1 : 1 + depth(nodes.find((node) => node.id === id)?.parentId ?? null))
  const held = (id: string) =>
    assignments.filter(({ nodeId }) => nodeId === id).map(({ objectId, weight }) => `${nameOf(objectId)} ${weight}`)
  return nodes.map(({ id, name }) => [`${'.'.repeat(depth(id))}${name}`, ...held(id)].join(' | '))
}
const nameOf = (id: string): string => (id === vwce ? 'VWCE' : id === apple ? 'Apple' : 'account')

/** Changes a tree step by step, always in its newest version. */
class Tree {
  taxonomy: Taxonomy
  constructor(taxonomy: Taxonomy) {
    this.taxonomy = taxonomy
  }

  static async grown(name: string, lines: readonly string[]): Promise<Tree> {
    const tree = new Tree(await test.core.createTaxonomy({ body: { name } }, test.call))
    for (const line of lines) {
      const [own = '', parent] = line.split(' < ')
      await tree.add(own, parent)
    }
    return tree
  }

  id(name: string): string {
    const node = this.taxonomy.nodes.find((each) => each.name === name)
    if (!node) throw new Error(`no ${name} in ${printed(this.taxonomy)}`)
    return node.id
  }

  get base() {
    return { params: { taxonomyId: this.taxonomy.id }, ifMatch: this.taxonomy.version }
  }

  node(name: string) {
    return { params: { taxonomyId: this.taxonomy.id, nodeId: this.id(name) }, ifMatch: this.taxonomy.version }
  }

  async keep(change: Promise<Taxonomy>): Promise<string[]> {
    this.taxonomy = await change
    return printed(this.taxonomy)
  }

  add(name: string, parent?: string, position?: number): Promise<string[]> {
    const body = { name, parentId: parent === undefined ? null : this.id(parent), ...(position === undefined ? {} : { position }) }
    return this.keep(test.core.addNode({ ...this.base, body }, test.call))
  }

  classify(objectId: string, weights: Readonly<Record<string, string>>, kind: ObjectKind = 'instrument'): Promise<string[]> {
    const body = { weights: Object.entries(weights).map(([name, weight]) => ({ nodeId: this.id(name), weight })) }
    const params = { taxonomyId: this.taxonomy.id, kind, objectId }
    return this.keep(test.core.classify({ params, body, ifMatch: this.taxonomy.version }, test.call))
  }

  move(name: string, parent: string | null, position?: number): Promise<string[]> {
    const body = { parentId: parent === null ? null : this.id(parent), ...(position === undefined ? {} : { position }) }
    return this.keep(test.core.changeNode({ ...this.node(name), body }, test.call))
  }

  remove(name: string): Promise<string[]> {
    return this.keep(test.core.removeNode(this.node(name), test.call))
  }

  merge(name: string, into: string): Promise<string[]> {
    return this.keep(test.core.mergeNode({ ...this.node(name), body: { intoNodeId: this.id(into) } }, test.call))
  }
}

const world = ['World', 'Europe < World', 'Germany < Europe', 'France < Europe', 'America < World', 'Cash']

describe('a taxonomy', () => {
  it('is created under a name of its own, changed in the version that was seen, listed, announced and removed', async () => {
    await test.news()
    const tree = await Tree.grown('Regions', ['World'])
    await expect(test.core.createTaxonomy({ body: { name: 'REGIONS' } }, test.call)).rejects.toMatchObject({ code: 'name_taken' })
    const stale = { ...tree.base, ifMatch: 1, body: { name: 'Too late' } }
    await expect(test.core.changeTaxonomy(stale, test.call)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    const renamed = await test.core.changeTaxonomy({ ...tree.base, body: { name: 'World regions', note: 'by seat' } }, test.call)
    expect(renamed).toMatchObject({ name: 'World regions', note: 'by seat', version: 3 })
    const { items } = await test.core.listTaxonomies({ query: {} }, test.call)
    expect(items).toMatchObject([{ name: 'World regions', nodeCount: 1, objectCount: 0, version: 3 }])
    await test.core.removeTaxonomy({ ...tree.base, ifMatch: 3 }, test.call)
    await expect(read(tree.taxonomy.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await test.news()).toEqual(Array(4).fill({ name: 'taxonomy-changed', body: { taxonomyId: tree.taxonomy.id } }))
  })

  it('sorts instruments, and the cash of accounts, by weights that come to the whole at the most', async () => {
    const tree = await Tree.grown('Weights', world)
    const account = await test.account()
    await tree.classify(vwce, { Germany: '33.3333', America: '60' })
    await tree.classify(account.id, { Cash: '100' }, 'account')
    expect(printed(tree.taxonomy)).toEqual([
      'World',
      '.Europe',
      '..Germany | VWCE 33.3333',
      '..France',
      '.America | VWCE 60',
      'Cash | account 100',
    ])
    await expect(tree.classify(vwce, { Germany: '50', America: '50.0001' })).rejects.toMatchObject({ code: 'weights_exceed_whole' })
    await expect(tree.classify(vwce, { Germany: '0' })).rejects.toMatchObject({ code: 'not_positive' })
    const nobody = '01900000-0000-7000-8000-00000000dddd'
    await expect(tree.classify(nobody, { Germany: '1' })).rejects.toMatchObject({ code: 'instrument_missing' })
    await expect(tree.classify(nobody, { Germany: '1' }, 'account')).rejects.toMatchObject({ code: 'not_found' })
    expect((await read(tree.taxonomy.id)).assignments).toEqual(tree.taxonomy.assignments)
    expect(await tree.classify(vwce, {})).not.toContain('.America | VWCE 60')
    // what a person has sorted is in use: an undone import leaves it in market
    await tree.classify(apple, { World: '1' })
    const asked = { body: { instrumentIds: [apple, vwce] } }
    expect(await test.core.instrumentsInUse(asked, test.call)).toEqual({ instrumentIds: [apple] })
  })

  it('moves a classification with all below it, and never into itself', async () => {
    const tree = await Tree.grown('Moves', world)
    await tree.classify(vwce, { Germany: '40' })
    expect(await tree.move('Europe', null, 0)).toEqual(['Europe', '.Germany | VWCE 40', '.France', 'World', '.America', 'Cash'])
    expect(await tree.move('France', 'Europe', 0)).toEqual(['Europe', '.France', '.Germany | VWCE 40', 'World', '.America', 'Cash'])
    await expect(tree.move('Europe', 'Germany')).rejects.toMatchObject({ code: 'inside_itself' })
    await expect(tree.move('Europe', 'Europe')).rejects.toMatchObject({ code: 'inside_itself' })
    expect(await tree.add('Asia', undefined, 1)).toEqual(['Europe', '.France', '.Germany | VWCE 40', 'Asia', 'World', '.America', 'Cash'])
  })

  it('removes a classification without losing what it holds: its parent takes it, and at the top it must hold nothing', async () => {
    const tree = await Tree.grown('Removals', world)
    await tree.classify(vwce, { Germany: '40', Europe: '10', World: '5' })
    expect(await tree.remove('Europe')).toEqual(['World | VWCE 15', '.Germany | VWCE 40', '.France', '.America', 'Cash'])
    await expect(tree.remove('World')).rejects.toMatchObject({ code: 'in_use' })
    expect(await tree.remove('Cash')).toEqual(['World | VWCE 15', '.Germany | VWCE 40', '.France', '.America'])
  })

  it('merges two classifications into one, weights added up', async () => {
    const tree = await Tree.grown('Merges', world)
    await tree.classify(vwce, { Germany: '40', America: '35' })
    await tree.classify(apple, { Europe: '1', America: '99' })
    await expect(tree.merge('World', 'Germany')).rejects.toMatchObject({ code: 'inside_itself' })
    expect(await tree.merge('Europe', 'America')).toEqual([
      'World',
      '.America | VWCE 35 | Apple 100',
      '..Germany | VWCE 40',
      '..France',
      'Cash',
    ])
    expect(await tree.merge('Germany', 'America')).toEqual(['World', '.America | VWCE 75 | Apple 100', '..France', 'Cash'])
  })
})

describe('an import with taxonomies', () => {
  const node = (key: string, parentKey: string | null) => ({ key, parentKey, name: key, description: '', colour: '#aabbcc' })
  const taxonomy: BatchTaxonomy = {
    key: 'assets',
    name: 'Asset classes',
    nodes: [node('equity', null), node('europe', 'equity'), node('cash', null)],
    assignments: [
      { nodeKey: 'europe', instrumentId: vwce, weight: '60' },
      { nodeKey: 'equity', instrumentId: vwce, weight: '40' },
      { nodeKey: 'cash', accountKey: 'depot', weight: '100' },
    ],
  }
  const record = (importId: string, taxonomies: BatchTaxonomy[], dryRun = false) => {
    const accounts = [{ key: 'depot', account: { name: 'Depot', currency: 'EUR' } }]
    const portfolio = { name: 'Imported', baseCurrency: 'EUR' }
    const transactions = [row(1, { date: '2026-03-02' })]
    return test.core.recordBatch(
      { body: { importId, dryRun, skipRefused: true, accounts, portfolio, transactions, taxonomies } },
      test.call,
    )
  }
  const undo = (importId: string) => test.core.undoBatch({ params: { importId }, body: {} }, test.call)
  const named = async (name: string) => (await test.core.listTaxonomies({ query: {} }, test.call)).items.find((item) => item.name === name)
  const [first, second] = ['01900000-0000-7000-8000-00000000b001', '01900000-0000-7000-8000-00000000b002'] as const

  it('adds what is new, nothing twice, and takes it away again', async () => {
    expect((await record(first, [taxonomy], true)).taxonomies).toBe(1)
    expect(await named('Asset classes')).toBeUndefined()
    expect((await record(first, [taxonomy])).taxonomies).toBe(1)
    const made = await read((await named('Asset classes'))?.id ?? '')
    expect(printed(made)).toEqual(['equity | VWCE 40', '.europe | VWCE 60', 'cash | account 100'])
    expect((await record(second, [taxonomy])).taxonomies).toBe(0)
    expect(await read(made.id)).toEqual(made)

    await undo(second)
    expect(await read(made.id)).toEqual(made)
    await undo(first)
    expect(await named('Asset classes')).toBeUndefined()
  })

  it('keeps what a person has sorted, at the import and at its undo', async () => {
    await Tree.grown('Asset classes', [])
    await record(first, [taxonomy])
    const tree = new Tree(await read((await named('Asset classes 2'))?.id ?? ''))
    await tree.classify(vwce, { europe: '12.5' })
    const more = { nodeKey: 'cash', instrumentId: apple, weight: '50' }
    expect((await record(second, [{ ...taxonomy, assignments: [...taxonomy.assignments, more] }])).taxonomies).toBe(1)
    expect(printed(await read(tree.taxonomy.id))).toEqual(['equity', '.europe | VWCE 12.5', 'cash | account 100 | Apple 50'])
    await undo(second)
    await undo(first)
    expect(printed(await read(tree.taxonomy.id))).toEqual(['equity', '.europe | VWCE 12.5'])
  })
})
