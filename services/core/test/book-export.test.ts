import { coreSections, marketSections } from '@pe/contracts/book-export.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyBook } from '../src/chain/verify-book.ts'
import { bookTables } from '../src/export/book-tables.ts'
import { day } from './core-service.ts'
import { fillRichly, type Instance, instance, type RichBook } from './whole-book.ts'

type Book = Record<string, unknown[]> & { format: string; version: number; exportedAt: string }

let [one, other]: Instance[] = []
let rich: RichBook
let file: string
const bookOf = (text: string) => JSON.parse(text) as Book

beforeAll(async () => {
  ;[one, other] = await Promise.all([instance(), instance()])
  rich = await fillRichly(source())
  file = await source().export()
})
afterAll(async () => {
  await one?.stop()
  await other?.stop()
})

function source(): Instance {
  if (!one) throw new Error('not begun')
  return one
}
function target(): Instance {
  if (!other) throw new Error('not begun')
  return other
}

describe('the whole book as a file', () => {
  it('has every list in its order, none of them empty in a book in which everything happened', () => {
    const { format, version, exportedAt, ...lists } = bookOf(file)
    expect([format, version, exportedAt]).toEqual(['portfolioengine-book', 1, '2026-11-22T12:00:00.000Z'])
    expect(Object.keys(lists)).toEqual([...Object.keys(marketSections), ...Object.keys(coreSections)])
    for (const [name, rows] of Object.entries(lists)) expect([name, rows.length > 0]).toEqual([name, true])
    for (const list of ['accounts', 'instruments', 'actions'])
      expect([list, lists[list]?.some((row) => /"removed(At)?":(true|")/.test(JSON.stringify(row)))]).toEqual([list, true])
  })

  it('leaves out no column of any table but those that the specification names', async () => {
    const { rows } = await sql<{ table: string; columns: string[] }>`
      select relname as table, array_agg(attname::text order by attnum) as columns from pg_attribute
        join pg_class on pg_class.oid = attrelid
      where relnamespace = 'core'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
      group by relname order by relname`.execute(source().bench.look.sql)
    const left = ['organisation_id', 'account.chain_length', 'account.chain_head', 'account.row_told', 'transaction.change']
    const told = new Map(bookTables.map(({ table, columns }) => [table as string, columns.map(({ name }) => name)]))
    for (const { table, columns } of rows) {
      const wanted = columns.filter((name) => !left.includes(name) && !left.includes(`${table}.${name}`))
      if (told.has(table)) expect([table, told.get(table)?.toSorted()]).toEqual([table, wanted.toSorted()])
    }
    const machineRoom = ['audit', 'audit_seal', 'outbox', 'outbox_cursor', 'inbox', 'dead_letter', 'idempotency', 'schema_migration']
    const passing = ['chain_entry', 'chain_seal', 'staged_batch', 'staged_transaction', 'staged_verdict']
    expect(rows.map(({ table }) => table).filter((table) => !told.has(table) && !machineRoom.includes(table))).toEqual(passing)
  })

  it('makes the same book of an empty instance, with the same ids, history and figures', async () => {
    expect(await target().import(file)).toMatchObject({ accounts: 5, portfolios: 4, exportedAt: '2026-11-22T12:00:00.000Z' })
    expect(bookOf(await target().export())).toEqual(bookOf(file))
    const both = async <T>(ask: (instance: Instance) => Promise<T>) => expect(await ask(target())).toEqual(await ask(source()))
    await both(({ core, call }) => core.listTransactions({ query: { limit: 1000 } }, call))
    await both(({ core, call }) => core.accountPositions({ params: { accountId: rich.depot.id }, query: {} }, call))
    await both(({ core, call }) => core.listPortfolios({ query: {} }, call))
    await both(({ core, call }) => core.getTaxonomy({ params: { taxonomyId: rich.taxonomyId } }, call))
    await both(({ core, call }) => core.listActionApplications({ query: {} }, call))
    await both(({ core, call }) => core.listPeriodLocks({ query: {} }, call))
    await both(({ market, call }) => market.listInstruments({ query: {} }, call))
  })

  it('begins the chains anew with what stands: they prove the journal, and it goes on from there', async () => {
    const { core, bench, call } = target()
    const proof = () => verifyBook(bench.look.sql, bench.deps.keys, new Map())
    const { rows } = await sql<{ act: string }>`select distinct what::json->>'act' as act from chain_entry order by act`.execute(
      bench.look.sql,
    )
    expect(rows).toEqual([{ act: 'stands' }, { act: 'stands-beside' }])
    const before = await proof()
    // a closed period of all accounts concerns each of them, as its own row does
    const beside = 2 * 5
    const entries = (bookOf(file).transactions?.length ?? 0) + beside
    expect(before).toMatchObject({ accounts: 5, without: 0, entries, findings: [] })
    const { transaction } = await core.recordTransaction(
      { params: { accountId: rich.depot.id }, body: { kind: 'deposit', date: day('2026-06-01'), amount: '1' } },
      call,
    )
    const { rows: places } = await sql<{ id: string }>`select id from transaction order by sequence desc limit 1`.execute(bench.look.sql)
    expect(places[0]?.id).toBe(transaction.id)
    expect(await proof()).toMatchObject({ transactions: before.transactions + 1, findings: [] })
  })

  it('is announced, so that every figure is reckoned from its first day on', async () => {
    const facts = await target().bench.announced('transaction-recorded')
    const versions = new Map(
      (bookOf(file).accounts as { id: string; bookVersion: string }[]).map(({ id, bookVersion }) => [id, bookVersion]),
    )
    const ofDepot = facts.find(({ body }) => body.accountId === rich.depot.id)?.body
    expect(ofDepot).toMatchObject({ version: Number(versions.get(rich.depot.id)), effectiveFrom: '2026-01-02' })
  })

  it('is refused where a book stands', async () => {
    await expect(source().import(file)).rejects.toMatchObject({ code: 'book_not_empty' })
  })
})

describe('a file that is no whole book', () => {
  let empty: Instance
  beforeAll(async () => {
    empty = await instance()
  })
  afterAll(() => empty.stop())

  const changed = (change: (book: Book) => void) => {
    const book = bookOf(file)
    change(book)
    return JSON.stringify(book)
  }
  const first = (book: Book, list: string) => book[list]?.[0] as Record<string, unknown>

  it.each<[string, () => string, string, string]>([
    ['of another kind', () => '{"accounts":[]}', 'unknown_format', 'no book'],
    ['of a later version', () => changed((book) => Object.assign(book, { version: 2 })), 'unknown_format', 'version 2'],
    ['that ends too early', () => file.slice(0, -200), 'file_broken', 'too early'],
    [
      'with a wrong number',
      () => changed((book) => Object.assign(first(book, 'transactions'), { amount: 1 })),
      'file_broken',
      'transactions, row 1',
    ],
    ['with an unknown field', () => changed((book) => Object.assign(first(book, 'plans'), { wish: 'x' })), 'file_broken', 'plans, row 1'],
    [
      'with an instrument that it does not have',
      () => changed((book) => Object.assign(first(book, 'plans'), { instrumentId: rich.depot.id })),
      'file_broken',
      'plans, row 1: instrumentId',
    ],
    [
      'with a close of nothing',
      () => changed((book) => Object.assign(first(book, 'closes'), { closes: [['2026-01-01', '0']] })),
      'file_broken',
      'closes: ',
    ],
    [
      'with a link to nowhere',
      () => changed((book) => Object.assign(first(book, 'transactions'), { replacedBy: rich.depot.id })),
      'file_broken',
      'transaction',
    ],
    ['with a row twice', () => changed((book) => book.accounts?.push(first(book, 'accounts'))), 'file_broken', 'account'],
    [
      'with its lists in another order',
      () => changed((book) => Object.assign(book, { more: [] })).replace('"more":[]', '"accounts":[{}]'),
      'file_broken',
      'order',
    ],
  ])('%s is refused with the place, and nothing of core is written', async (_, content, code, detail) => {
    await expect(empty.import(content())).rejects.toMatchObject({ code, detail: expect.stringContaining(detail) })
    expect((await empty.core.listAccounts({ query: {} }, empty.call)).items).toEqual([])
  })

  it('is refused where market has an instrument that is none of the book', async () => {
    const strange = await instance()
    await strange.market.createInstrument({ body: { name: 'Another', currency: 'EUR' } }, strange.call)
    await expect(strange.import(file)).rejects.toMatchObject({ code: 'book_not_empty', detail: expect.stringContaining('Another') })
    await strange.stop()
  })

  it('leaves the way free for the right one', async () => {
    await empty.import(file)
    expect(bookOf(await empty.export())).toEqual(bookOf(file))
  })
})
