import type { Fact } from '@pe/contracts/facts.ts'
import type { Routes } from '@pe/contracts/route.ts'
import type { Service, ServiceDeps } from '../src/service.ts'

/** A small service to try the machine room with. */
export interface ShelfTables {
  book: { organisation_id: string; title: string; pages: number; bought_on: string | null; price: string | null }
}

export type ShelfDeps = Pick<ServiceDeps<ShelfTables>, 'db' | 'queue'>

export interface Shelf extends Service<Routes, ShelfTables> {
  readonly heard: Fact[]
  readonly worked: Record<string, unknown>[]
  /** Set to make the next facts fail. */
  trouble: Error | undefined
}

export const shelfMigrations = new URL('./shelf-migrations/', import.meta.url)

export function createShelf(_deps: ShelfDeps, name = 'shelf'): Shelf {
  const shelf: Shelf = {
    name,
    routes: {},
    handlers: {},
    heard: [],
    worked: [],
    trouble: undefined,
    subscriptions: [
      {
        fact: 'account-changed',
        async hear(fact, tx) {
          if (shelf.trouble) throw shelf.trouble
          shelf.heard.push(fact)
          await tx.sql.insertInto('book').values(book(fact.id, fact.organisationId)).execute()
        },
      },
    ],
    jobs: [
      {
        name: 'dust',
        async run(payload) {
          shelf.worked.push(payload)
        },
      },
    ],
  }
  return shelf
}

export function book(title: string, organisationId: string): ShelfTables['book'] {
  return { organisation_id: organisationId, title, pages: 100, bought_on: '2026-03-31', price: '12.3400' }
}
