import { dayNumber, isPlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from 'saxes'
import { CloseColumn } from '../close-column.ts'
import { maxTransactionRows, tooManyRows } from '../limits.ts'
import { brokenFile } from '../source/broken-file.ts'
import { followPath, GraphNode } from './graph-node.ts'
import { scalesOf, unscaled } from './scales.ts'

/** Quotes of a security as they stand in the file, those of 0 too, so that a reference to price[n] finds its n. */
export interface PriceList {
  readonly quotes: CloseColumn
  /** In a file with numeric ids: the id of each quote, ascending. */
  readonly ids: number[]
}

/** The whole file as a graph with its references resolved, prices apart. */
export interface Graph {
  readonly client: GraphNode
  readonly prices: ReadonlyMap<GraphNode, PriceList>
  /** 'relative references' or 'numeric ids'. */
  readonly references: 'relative' | 'ids' | 'none'
  readonly scaleVersion: number
  /** Parts that are no part of a book, and how many elements each has: watchlists, plans … */
  readonly leftOut: ReadonlyMap<string, number>
}

/** Parts of the file that are not read: nothing in the book refers into them. */
const notRead = new Set(['watchlists', 'consumerPriceIndeces', 'plans', 'dashboards', 'properties', 'settings'])
/** Accounts stand inside the cross entries of others, to whatever depth those were written; real files stay below a hundred. */
const maxDepth = 2000
/** Elements and texts that are kept, about 100 bytes each; the largest file of transactions that is taken has 1.4 million. */
const maxKept = 2_000_000
const transactionElements = new Set([
  'account-transaction',
  'portfolio-transaction',
  'accountTransaction',
  'portfolioTransaction',
  'transactionFrom',
  'transactionTo',
])
/** Parts of a security, account or transaction that are not read. */
const notReadInside = new Set([
  'attributes',
  'events',
  'updatedAt',
  'source',
  'exDate',
  'feed',
  'feedURL',
  'latestFeed',
  'latestFeedURL',
  'high',
  'low',
  'volume',
  'previousClose',
])

/**
 * Reads the XML as a stream. Only what a book needs is kept; texts are copied, so that no chunk of the file stays alive behind them.
 * Entities are never expanded: a DOCTYPE is refused.
 */
export async function readGraph(text: AsyncIterable<string>): Promise<Graph> {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const reading = new GraphReading(parser)
  for await (const chunk of text) {
    parser.write(chunk)
    reading.throwTrouble()
  }
  parser.close()
  reading.throwTrouble()
  return reading.graph()
}

class GraphReading {
  readonly #parser: SaxesParser
  readonly #ids = new Map<string, GraphNode | string>()
  readonly #prices = new Map<GraphNode, PriceList>()
  readonly #leftOut = new Map<string, number>()
  #root: GraphNode | null = null
  #open: GraphNode | null = null
  #text = ''
  /** Depth inside a part that is not read; 0 outside. */
  #skipping = 0
  #skipped = ''
  #depth = 0
  #references: Graph['references'] = 'none'
  #trouble: Error | null = null
  #version = 0
  #transactions = 0
  #kept = 0

  constructor(parser: SaxesParser) {
    this.#parser = parser
    parser.on('doctype', () =>
      this.#fail(brokenFile(parser.line, 'the file declares a DOCTYPE; entities are never expanded, so it is refused')),
    )
    parser.on('error', (error) => this.#fail(brokenFile(parser.line, ended(error.message))))
    parser.on('opentag', (tag) => this.#enter(tag))
    parser.on('closetag', () => this.#leave())
    parser.on('text', (text) => {
      if (this.#skipping === 0) this.#text += text
    })
  }

  throwTrouble(): void {
    if (this.#trouble) throw this.#trouble
  }

  graph(): Graph {
    if (!this.#root) throw brokenFile(1, 'the file holds no element')
    return { client: this.#root, prices: this.#prices, references: this.#references, scaleVersion: this.#version, leftOut: this.#leftOut }
  }

  #fail(trouble: Error): void {
    this.#trouble ??= trouble
  }

  #enter(tag: SaxesTagPlain) {
    if (this.#trouble) return
    this.#depth += 1
    this.#text = ''
    if (this.#skipping > 0) {
      if (this.#depth === this.#skipping + 1 && this.#skipped) this.#leftOut.set(this.#skipped, (this.#leftOut.get(this.#skipped) ?? 0) + 1)
      return
    }
    const { name } = tag
    if (!this.#root) {
      if (name !== 'client') return this.#fail(brokenFile(this.#parser.line, `the first element is <${name}>, not <client>`))
    } else if ((this.#depth === 2 && notRead.has(name)) || (this.#depth > 3 && notReadInside.has(name))) {
      this.#skipping = this.#depth
      this.#skipped = this.#depth === 2 ? name : ''
      return
    }
    if (name === 'price' && this.#open?.name === 'prices') return this.#price(tag.attributes)
    if (this.#depth > maxDepth)
      return this.#fail(brokenFile(this.#parser.line, `elements stand inside each other more than ${maxDepth} deep`))
    if (++this.#kept > maxKept)
      return this.#fail(new Refused('body_too_large', `line ${this.#parser.line}: the file has more than ${maxKept} elements`))
    const node = new GraphNode(name, this.#parser.line, this.#open, kept(tag.attributes))
    if (transactionElements.has(name) && node.attributes.reference === undefined) this.#countTransaction(node.line)
    this.#root ??= node
    if (node.attributes.id) this.#references = 'ids'
    this.#open = node
  }

  /** Judged while the file streams in: a graph of a million transactions would fill the memory first. */
  #countTransaction(line: number): void {
    if (++this.#transactions > maxTransactionRows) this.#fail(tooManyRows(maxTransactionRows, line))
  }

  #leave() {
    if (this.#trouble) return
    const depth = this.#depth--
    if (this.#skipping > 0) {
      if (depth === this.#skipping) this.#skipping = 0
      this.#text = ''
      return
    }
    const node = this.#open
    if (!node || (depth > 1 && this.#closesPrice)) {
      this.#closesPrice = false
      return
    }
    const { parent } = node
    const text = this.#text
    this.#text = ''
    this.#open = parent
    if (!parent) return
    const { reference, id } = node.attributes
    if (reference !== undefined) return this.#refer(node, parent, reference)
    const leaf =
      Object.keys(node.children).length === 0 && Object.keys(node.fields).length === 0 && !isData(node) && !this.#prices.has(node)
    if (leaf) {
      const copy = Buffer.from(text.trim()).toString()
      parent.fields[node.name] = copy
      if (id) this.#ids.set(id, copy)
      if (node.name === 'version' && parent === this.#root) this.#setVersion(copy, node.line)
      return
    }
    if (id) this.#ids.set(id, node)
    parent.adopt(node.name, node)
  }

  #closesPrice = false

  #refer(node: GraphNode, parent: GraphNode, reference: string) {
    const byId = /^\d+$/.test(reference)
    if (this.#references === 'none') this.#references = byId ? 'ids' : 'relative'
    const target = byId ? (this.#ids.get(reference) ?? this.#openWithId(reference)) : followPath(reference, node)
    // what a taxonomy sorts may stand in a part that is not read
    if (!target && node.name === 'investmentVehicle') return
    if (target === null || target === undefined)
      return this.#fail(brokenFile(node.line, `<${node.name}> refers to ${reference}, which is not in the file`))
    if (typeof target === 'string') parent.fields[node.name] = target
    else parent.adopt(node.name, target)
  }

  /** An element that is still open has not been filed under its id yet. */
  #openWithId(id: string): GraphNode | null {
    for (let at = this.#open; at; at = at.parent) if (at.attributes.id === id) return at
    return null
  }

  #setVersion(text: string, line: number): void {
    this.#version = Number(text)
    if (!Number.isInteger(this.#version)) this.#fail(brokenFile(line, `the file version is "${text}", not a number`))
  }

  /** `<price t="2011-12-30" v="4966"/>`: thousands of them, so they go into a column and not into the graph. */
  #price(attributes: Record<string, string>) {
    this.#closesPrice = true
    const prices = this.#open
    if (!prices) return
    let list = this.#prices.get(prices)
    if (!list) {
      list = { quotes: new CloseColumn(), ids: [] }
      this.#prices.set(prices, list)
    }
    const { t, v, id, reference } = attributes
    if (reference !== undefined) return this.#sharedPrice(list, prices, reference)
    const close = unscaled(v ?? '', scalesOf(this.#version).quote)
    if (!t || !isPlainDate(t) || close === null) {
      this.#fail(brokenFile(this.#parser.line, `a price needs a day and a number, not t="${t ?? ''}" v="${v ?? ''}"`))
      return
    }
    list.quotes.add(dayNumber(t), close)
    if (id !== undefined) list.ids.push(Number(id))
  }

  /** A copied security shares its prices with the original: each is a reference to a price[n] or to an id there. */
  #sharedPrice(into: PriceList, prices: GraphNode, reference: string) {
    const relative = /^(.*)\/price(?:\[(\d+)\])?$/.exec(reference)
    const price = new GraphNode('price', this.#parser.line, prices, none)
    const owner = relative?.[1] ? followPath(relative[1], price) : null
    const found = relative ? this.#priceAt(owner, Number(relative[2] ?? 1) - 1) : this.#priceWithId(Number(reference))
    if (!found) return this.#fail(brokenFile(this.#parser.line, `<price> refers to ${reference}, which is not in the file`))
    into.quotes.add(found[0], found[1])
    if (into.ids.length > 0) into.ids.push(into.ids.at(-1) ?? 0)
  }

  #priceAt(owner: GraphNode | string | null, at: number): [number, string] | null {
    const list = owner instanceof GraphNode ? this.#prices.get(owner) : undefined
    return list && at >= 0 && at < list.quotes.length ? [list.quotes.dayAt(at), list.quotes.valueAt(at)] : null
  }

  #priceWithId(id: number): [number, string] | null {
    for (const { ids, quotes } of this.#prices.values()) {
      if (ids.length === 0 || id < (ids[0] ?? 0) || id > (ids.at(-1) ?? 0)) continue
      const at = ids.indexOf(id)
      if (at !== -1) return [quotes.dayAt(at), quotes.valueAt(at)]
    }
    return null
  }
}

/** Elements whose content is their attributes: `<amount currency="EUR" amount="1000"/>`, `<latest t= v=>`, `<crossEntry class=>`. */
function isData({ attributes }: GraphNode): boolean {
  return attributes.amount !== undefined || attributes.t !== undefined || attributes.class !== undefined
}

const keptAttributes = ['id', 'reference', 'class', 'type', 't', 'v', 'currency', 'amount'] as const
const none: Readonly<Record<string, string>> = {}

function kept(attributes: Record<string, string | SaxesAttributePlain>): Readonly<Record<string, string>> {
  const copies: Record<string, string> = {}
  let some = false
  for (const name of keptAttributes) {
    const value = attributes[name]
    if (typeof value !== 'string') continue
    copies[name] = value.length > 12 ? Buffer.from(value).toString() : value
    some = true
  }
  return some ? copies : none
}

/** saxes' words for a file that stops in the middle, and its 'line:column: ' prefix, which the message says already. */
function ended(message: string): string {
  const reason = message.replace(/^(?:[^:]*:)?\d+:\d+: /, '').replace(/\.$/, '')
  return /unclosed|unexpected end/i.test(reason) ? `the file ends in the middle (${reason})` : `the XML is broken: ${reason}`
}
