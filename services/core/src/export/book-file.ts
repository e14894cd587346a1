import type { Readable } from 'node:stream'
import { bookFormat, bookSections, bookVersion } from '@pe/contracts/book-export.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { type Check, checkOf } from '@pe/platform/http/validation.ts'
import { jsonMembers, type Member } from './json-members.ts'

const checks: ReadonlyMap<string, Check> = new Map(Object.entries(bookSections).map(([name, schema]) => [name, checkOf(schema, 'body')]))
const order = [...checks.keys()]
const head = ['format', 'version', 'exportedAt']

/** The fields of any list that name an instrument: market's table is no neighbour that could check them. */
const instrumentFields = ['instrumentId', 'intoInstrumentId', 'benchmarkId']

export interface CheckedBook {
  readonly exportedAt: string
  /** How many rows each list has. */
  readonly rows: ReadonlyMap<string, number>
  readonly instrumentIds: ReadonlySet<string>
}

/**
 * Reads the whole file once: what it is, whether each row has the shape of its list and names instruments of the book, and whether the lists
 * come in their order.
 */
export async function checkBookFile(file: Readable): Promise<CheckedBook> {
  const said: Record<string, unknown> = {}
  const rows = new Map<string, number>()
  const instrumentIds = new Set<string>()
  let reached = 0
  for await (const { name, place, value } of membersOf(file)) {
    if (Object.keys(said).length < head.length) {
      orRefuseHead(said, name, value)
      continue
    }
    const check = checks.get(name)
    if (!check || place === null) throw new Refused('file_broken', `${name}: a book has no such list`)
    const section = order.indexOf(name)
    if (section < reached) throw new Refused('file_broken', `${name} comes after ${order[reached]}: the lists of a book have an order`)
    reached = section
    const row = orRefuseRow(check, name, place, value)
    if (name === 'instruments') instrumentIds.add(String(row.id))
    const unknown = instrumentFields.find((field) => typeof row[field] === 'string' && !instrumentIds.has(String(row[field])))
    if (unknown) throw new Refused('file_broken', `${name}, row ${place}: ${unknown} is no instrument of this book`)
    rows.set(name, place)
  }
  if (Object.keys(said).length < head.length) throw notABook('it has no head')
  return { exportedAt: String(said.exportedAt), rows, instrumentIds }
}

/** The rows of a checked file in its order. */
export async function* bookRows(file: Readable): AsyncGenerator<{ section: string; row: Readonly<Record<string, unknown>> }> {
  for await (const { name, place, value } of membersOf(file)) {
    if (place !== null) yield { section: name, row: value as Readonly<Record<string, unknown>> }
  }
}

function membersOf(file: Readable): AsyncGenerator<Member> {
  return jsonMembers(file.setEncoding('utf8') as AsyncIterable<string>)
}

function orRefuseHead(said: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== head[Object.keys(said).length]) throw notABook(`it begins with "${name}"`)
  said[name] = value
  if (name === 'format' && value !== bookFormat) throw notABook(`its format is ${JSON.stringify(value)}`)
  if (name === 'version' && value !== bookVersion)
    throw new Refused('unknown_format', `this book is of version ${JSON.stringify(value)}; version ${bookVersion} can be read here`)
  if (name === 'exportedAt' && (typeof value !== 'string' || Number.isNaN(Date.parse(value)))) throw notABook('it does not say of when')
}

function notABook(why: string): Refused {
  return new Refused('unknown_format', `this is no book of PortfolioEngine: ${why}`)
}

function orRefuseRow(check: Check, section: string, place: number, value: unknown): Readonly<Record<string, unknown>> {
  try {
    return check(value) as Readonly<Record<string, unknown>>
  } catch (trouble) {
    if (trouble instanceof Refused) throw new Refused('file_broken', `${section}, row ${place}: ${trouble.detail}`)
    throw trouble
  }
}
