import type { Call } from '@pe/contracts/actor.ts'
import type { MarketSection } from '@pe/contracts/book-export.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import type { ToldRow } from './told-rows.ts'

const pageSize = 1000

/** What market owns, as far as its routes tell it: instruments, closes, rates and corporate actions, removed ones where the book names them. */
export class MarketRows {
  readonly #core: CoreDeps
  readonly #call: Call
  /** Ids of those told, for their closes. */
  readonly #instruments: string[] = []

  constructor(core: CoreDeps, call: Call) {
    this.#core = core
    this.#call = call
  }

  of(section: MarketSection, db: CoreSql): AsyncGenerator<ToldRow> {
    if (section === 'instruments') return this.#told(db)
    if (section === 'closes') return this.#closes()
    return section === 'rates' ? this.#rates() : this.#actions(db)
  }

  async *#told(db: CoreSql): AsyncGenerator<ToldRow> {
    const { market } = this.#core
    const listed = new Set<string>()
    for await (const { lastClose, ...instrument } of pages((cursor) => market.listInstruments({ query: cursor }, this.#call))) {
      listed.add(instrument.id)
      this.#instruments.push(instrument.id)
      yield instrument
    }
    for (const instrumentId of await this.#named(db, 'instrument_id')) {
      if (listed.has(instrumentId)) continue
      const found = await orNone(market.getInstrument({ params: { instrumentId } }, this.#call))
      if (!found) continue
      const { lastClose, ...instrument } = found
      this.#instruments.push(instrumentId)
      yield { ...instrument, removed: true }
    }
  }

  async *#closes(): AsyncGenerator<ToldRow> {
    for (const instrumentId of this.#instruments) {
      let cursor: string | null | undefined
      while (cursor !== null) {
        const query = cursor === undefined ? { limit: pageSize } : { limit: pageSize, cursor }
        const page = await this.#core.market.listCloses({ params: { instrumentId }, query }, this.#call)
        if (page.items.length > 0) yield { instrumentId, closes: page.items.map(({ date, close }) => [date, close]) }
        cursor = page.next
      }
    }
  }

  #rates(): AsyncGenerator<ToldRow> {
    return pages((cursor) => this.#core.market.listRates({ query: cursor }, this.#call))
  }

  async *#actions(db: CoreSql): AsyncGenerator<ToldRow> {
    const { market } = this.#core
    const listed = new Set<string>()
    for await (const action of pages((cursor) => market.listActions({ query: cursor }, this.#call))) {
      listed.add(action.id)
      yield action
    }
    for (const actionId of await this.#named(db, 'action_id')) {
      if (listed.has(actionId)) continue
      const action = await orNone(market.getAction({ params: { actionId } }, this.#call))
      if (action) yield action
    }
  }

  /** Ids that the book of the organisation names. */
  async #named(db: CoreSql, what: 'instrument_id' | 'action_id'): Promise<string[]> {
    const of = (table: string, column = 'instrument_id') =>
      sql`select ${sql.ref(column)} as id from ${sql.table(table)} where organisation_id = ${this.#call.actor.organisationId}::uuid`
    const tables =
      what === 'action_id'
        ? [of('action_application', 'action_id')]
        : [
            ...['transaction', 'action_application', 'balance_assertion', 'plan'].map((table) => of(table)),
            of('action_application', 'into_instrument_id'),
            of('portfolio', 'benchmark_id'),
          ]
    const { rows } = await sql<{ id: string }>`
      select distinct id from (${sql.join(tables, sql` union all `)}) as named where id is not null order by id`.execute(db)
    return rows.map(({ id }) => id)
  }
}

async function orNone<T>(asked: Promise<T>): Promise<T | null> {
  return await asked.catch((trouble: unknown) => {
    if (trouble instanceof Refused && trouble.code === 'not_found') return null
    throw trouble
  })
}

/** All items of a list that comes in pages. */
export async function* pages<T>(
  fetch: (query: { limit: number; cursor?: string }) => Promise<{ items: T[]; next: string | null }>,
): AsyncGenerator<T> {
  let query: { limit: number; cursor?: string } = { limit: pageSize }
  for (;;) {
    const { items, next } = await fetch(query)
    yield* items
    if (next === null) return
    query = { limit: pageSize, cursor: next }
  }
}
