import type { StoredEntry } from '../store/chain-reading.ts'
import type { Act, RowText } from './acts.ts'

/** A journal row as its chain says it must stand, and the entry that says so. */
export interface Expected {
  readonly entry: number
  readonly row: Record<string, string>
}

/**
 * What the journal of an account must hold, figured from its chain alone: entries are applied in order. Answers what an entry cannot be
 * applied for, else nothing.
 */
export class ReplayedJournal {
  readonly rows = new Map<string, Expected>()

  apply(entry: StoredEntry): string | undefined {
    const act = actOf(entry.what)
    if (!act) return 'is not an act'
    if (act.act === 'recorded-rows')
      return firstOf(act.rows, (texts) => this.#add(entry, recordedRow(entry, namedTexts(act.columns, texts))))
    if (act.act === 'recorded' || act.act === 'stands')
      return this.#add(
        entry,
        act.act === 'recorded' ? recordedRow(entry, act.transaction) : { ...act.transaction, account_id: entry.accountId },
      )
    if (act.act === 'voided-rows') return firstOf(act.transactions, (id) => this.#void(entry, id, act.reason))
    if (act.act === 'voided') return this.#void(entry, act.transaction, act.reason)
    const known = this.rows.get(act.transaction)
    if (!known) return unknownTo(act.transaction)
    known.row.replaced_by = act.by
    return undefined
  }

  #void(entry: StoredEntry, id: string, reason: string | undefined): string | undefined {
    const known = this.rows.get(id)
    if (!known) return unknownTo(id)
    Object.assign(known.row, { state: 'void', voided_at: entry.at, voided_by: entry.by, version: String(Number(known.row.version) + 1) })
    if (reason !== undefined) known.row.void_reason = reason
    return undefined
  }

  #add(entry: StoredEntry, row: Record<string, string>): string | undefined {
    const { id } = row
    if (id === undefined) return 'states no transaction'
    if (this.rows.has(id)) return `records transaction ${id} a second time`
    this.rows.set(id, { entry: entry.number, row })
    return undefined
  }
}

function unknownTo(id: string): string {
  return `is about transaction ${id}, which the chain does not know`
}

/** Does it for all of them; answers the first trouble. */
function firstOf<T>(all: readonly T[], attempt: (one: T) => string | undefined): string | undefined {
  let first: string | undefined
  for (const one of all) {
    const trouble = attempt(one)
    first ??= trouble
  }
  return first
}

function namedTexts(columns: readonly string[], texts: readonly (string | null)[]): RowText {
  const stated: Record<string, string> = {}
  for (const [at, name] of columns.entries()) {
    const text = texts[at]
    if (typeof text === 'string') stated[name] = text
  }
  return stated
}

function recordedRow(entry: StoredEntry, stated: RowText): Record<string, string> {
  return {
    ...stated,
    account_id: entry.accountId,
    organisation_id: entry.organisationId,
    recorded_at: entry.at,
    recorded_by: entry.by,
    recorded_state: stated.state ?? '',
    version: '1',
  }
}

/** Somebody may have changed the text: what is no act is none. */
function actOf(what: string): Act | undefined {
  try {
    const said = JSON.parse(what) as Partial<Act> | null
    const named = said?.act === 'voided' || said?.act === 'replaced'
    const whole = said?.act === 'recorded' || said?.act === 'stands'
    if (said?.act === 'recorded-rows')
      return isTexts(said.columns) && Array.isArray(said.rows) && said.rows.every(isTexts) ? (said as Act) : undefined
    if (said?.act === 'voided-rows') return isTexts(said.transactions) ? (said as Act) : undefined
    const { transaction } = (said ?? {}) as { transaction?: unknown }
    return (named && typeof transaction === 'string') || (whole && typeof transaction === 'object') ? (said as Act) : undefined
  } catch {
    return undefined
  }
}

function isTexts(list: unknown): boolean {
  return Array.isArray(list) && list.every((text) => text === null || typeof text === 'string')
}

/** Columns that do not stand as the chain says. JSON counts as equal whatever the order of its keys. */
export function differences(expected: RowText, found: RowText): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)])
  return [...names].filter((name) => expected[name] !== found[name] && !sameJson(expected[name], found[name])).sort()
}

function sameJson(one: string | undefined, other: string | undefined): boolean {
  if (!one || !other || !/^[[{]/.test(one)) return false
  try {
    return sorted(JSON.parse(one)) === sorted(JSON.parse(other))
  } catch {
    return false
  }
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
