/** Texts or elements by name. Names come from the file, so nothing is inherited; from a class it costs a fifth of Object.create(null). */
class ByName<T> {
  [name: string]: T
}
Object.setPrototypeOf(ByName.prototype, null)
Reflect.deleteProperty(ByName.prototype, 'constructor')

const noChildren: Readonly<Record<string, GraphNode[]>> = Object.freeze(Object.create(null))

/** One element that holds others. Elements that hold only text are `fields` of their parent. */
export class GraphNode {
  readonly name: string
  readonly line: number
  readonly parent: GraphNode | null
  readonly attributes: Readonly<Record<string, string>>
  readonly fields = new ByName<string>()
  #children: Record<string, GraphNode[]> | null = null

  constructor(name: string, line: number, parent: GraphNode | null, attributes: Readonly<Record<string, string>>) {
    this.name = name
    this.line = line
    this.parent = parent
    this.attributes = attributes
  }

  /** Children by name, in order; an element that only refers to another stands here as that other. */
  get children(): Readonly<Record<string, GraphNode[]>> {
    return this.#children ?? noChildren
  }

  first(name: string): GraphNode | undefined {
    return this.children[name]?.[0]
  }

  adopt(name: string, child: GraphNode): void {
    const siblings = this.children[name]
    if (siblings) siblings.push(child)
    else {
      this.#children ??= new ByName<GraphNode[]>()
      this.#children[name] = [child]
    }
  }

  all(name: string): readonly GraphNode[] {
    return this.children[name] ?? []
  }
}

const step = /^([\w-]+)(?:\[(\d+)\])?$/

/**
 * What a relative XPath reference means ('../../../securities/security[2]'; indices count from 1, [1] is left out), read from the element
 * that carries it. XStream refers only to what it has written before, so everything on the way is known already. Null when it leads nowhere.
 */
export function followPath(path: string, from: GraphNode): GraphNode | string | null {
  let at: GraphNode | null = from
  const steps = path.split('/')
  for (const [place, name] of steps.entries()) {
    if (!at) return null
    if (name === '..') {
      at = at.parent
      continue
    }
    const parts = step.exec(name)
    if (!parts?.[1]) return null
    const next: GraphNode | undefined = at.children[parts[1]]?.[Number(parts[2] ?? 1) - 1]
    if (!next) return place === steps.length - 1 ? (at.fields[parts[1]] ?? null) : null
    at = next
  }
  return at
}
