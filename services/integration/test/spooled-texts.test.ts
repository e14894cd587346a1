import { plainDate } from '@pe/finance/time/plain-date.ts'
import { withCall } from '@pe/platform/db/current-call.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportedTransaction } from '../src/importers/imported-file.ts'
import { SpooledTexts } from '../src/long/spooled-texts.ts'
import { type ImportBench, importBench } from './import-bench.ts'

let bench: ImportBench

beforeAll(async () => {
  bench = await importBench()
})
afterAll(() => bench?.stop())

/** Two rows a day, the days of the file in no order. */
const transactions = Array.from({ length: 9001 }, (_, at): ImportedTransaction => {
  const date = plainDate(new Date(Date.UTC(2020, 0, 1) + ((at >> 1) % 1500) * 86_400_000).toISOString().slice(0, 10))
  return {
    row: at + 1,
    date,
    kind: 'deposit',
    accountKey: 'One',
    state: 'posted',
    amount: '1',
    currency: 'EUR',
    sourceKey: `row:${at}`,
    note: 'a "note", \\ and\ta tab',
  }
})

async function spooled(importId: string, most: number): Promise<SpooledTexts> {
  const spool = SpooledTexts.empty(bench.integration.deps, bench.integration.call, importId, most)
  for (let from = 0; from < transactions.length; from += 500) await spool.add(transactions.slice(from, from + 500))
  await spool.end()
  return spool
}

async function rowsOf(spool: SpooledTexts, newestFirst: boolean): Promise<ImportedTransaction[]> {
  const rows: ImportedTransaction[] = []
  for await (const page of spool.pages(newestFirst)) rows.push(...(JSON.parse(page) as ImportedTransaction[]))
  return rows
}

it.each([false, true])('hands out the same from memory and from the database, newest first: %s', async (newestFirst) => {
  const { call } = bench.integration
  const id = bench.integration.deps.ids.next()
  const fromMemory = await rowsOf(await spooled(bench.integration.deps.ids.next(), 1e9), newestFirst)
  // the first thousand fit
  const fromDatabase = await withCall(call, async () => rowsOf(await spooled(id, 150_000), newestFirst))
  expect(fromDatabase).toEqual(fromMemory)
  expect(await withCall(call, () => rowsOf(SpooledTexts.staged(bench.integration.deps, call, id), newestFirst))).toEqual(fromMemory)
  const sign = newestFirst ? -1 : 1
  expect(fromMemory).toEqual(transactions.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : sign * (a.row - b.row))))
})
