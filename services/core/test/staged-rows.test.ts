import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test?.stop())

it('stages every column of the journal, whatever later migrations add to it', async () => {
  const columnsOf = async (table: string): Promise<string[]> => {
    const { rows } = await sql<{ name: string }>`
      select attname || ' ' || atttypid::regtype as name from pg_attribute
      where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(test.look.sql)
    return rows.map(({ name }) => name)
  }
  expect(await columnsOf('staged_transaction')).toEqual(expect.arrayContaining(await columnsOf('transaction')))
})
