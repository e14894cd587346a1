import { quietClient } from '@pe/platform/postgres/probe.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { verifyBook } from '../src/chain/verify-book.ts'
import { unitEntriesInPieces } from '../src/store/entries-in-pieces.ts'
import { apple, type CoreUnderTest, coreUnderTest, row, vwce } from './core-service.ts'

/** More than a piece of what the proof reads at once, of either instrument and of cash that changed currency. */
const rows = 12_000
const many = 'a book of more rows than are read at once'

let test: CoreUnderTest
let depot = ''
let giro = ''

beforeAll(async () => {
  test = await coreUnderTest()
  ;[depot, giro] = [(await test.account()).id, (await test.account({ currency: 'USD' })).id]
  const accounts = [{ key: 'depot', accountId: depot, account: { name: 'Depot', currency: 'EUR' } }]
  const rate = { from: 'EUR', to: 'USD', value: '1.25' } as const
  for (const part of [0, 1]) {
    const transactions = Array.from({ length: rows / 2 }, (_, at) =>
      row(at + 1, {
        date: `2026-0${1 + (at % 5)}-${String(1 + (at % 28)).padStart(2, '0')}`,
        sourceKey: `${part}-${at}`,
        instrumentId: at % 7 === 0 ? apple : vwce,
        ...(at % 2 === 0 ? { cashCurrency: 'USD', rate } : {}),
      }),
    )
    await test.core.recordBatch(
      { body: { importId: test.deps.ids.next(), dryRun: false, skipRefused: false, accounts, transactions } },
      test.call,
    )
  }
  await test.record(giro, { kind: 'deposit', date: '2026-01-02', amount: '5' })
}, 60_000)
afterAll(() => test.stop())

const proof = () => verifyBook(test.look.sql, test.deps.keys, new Map())

it(`${many} is proved, and its positions are held against a replay`, async () => {
  const { findings, ...counts } = await proof()
  expect(findings).toEqual([])
  expect(counts).toEqual({ accounts: 2, without: 0, entries: rows / 500 + 3, transactions: rows + 1 })
  const pieces: number[] = []
  for await (const some of unitEntriesInPieces(test.look.sql, test.call.actor, depot)) pieces.push(some.length)
  expect(pieces).toHaveLength(2)
  expect(pieces.reduce((sum, length) => sum + length, 0)).toBe(rows)
})

it('a row that is one too many, void or replaced without an act is named, however many there are', async () => {
  const client = quietClient({ ...inject('testPostgres'), database: test.deps.db.connection.database })
  await client.connect()
  await client.query('set search_path to core; set session_replication_role = replica')
  const { rows: some } = await sql<{ id: string }>`
    select id from transaction where account_id = ${depot}::uuid order by sequence desc limit 3`.execute(test.look.sql)
  const [voided, replaced, gone] = some.map(({ id }) => id)
  const added = '01900000-0000-7000-8000-0000000000f1'
  await client.query(
    `create temp table one as select * from transaction where id = '${voided}'; update one set id = '${added}', source_key = 'x'`,
  )
  await client.query('insert into transaction table one')
  await client.query(
    `update transaction set state = 'void', voided_at = now(), voided_by = recorded_by, version = 2 where id = '${voided}'`,
  )
  await client.query(`update transaction set replaced_by = '${added}' where id = '${replaced}'`)
  await client.query(`delete from transaction where id = '${gone}'`)
  await client.end()
  const { findings } = await proof()
  expect(new Map(findings.map(({ transactionId, detail }) => [transactionId, detail]))).toEqual(
    new Map([
      [gone, 'tells of a transaction that is missing from the journal'],
      [added, 'stands in the journal, but the chain does not know it'],
      [voided, 'is void in the journal, but not by its chain'],
      [replaced, 'is replaced in the journal, but not by its chain'],
    ]),
  )
})
