import { readdirSync } from 'node:fs'
import type { Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { handIn, rowsOf } from '../stage/hand-in.ts'
import { openStage, type Stage } from '../stage/server.ts'
import { sharedFile, sharedIsThere } from '../stage/shared-files.ts'

/** The files in a folder of samples; none where the samples are not there. */
function samples(folder: string): string[] {
  return sharedIsThere ? readdirSync(sharedFile(`samples/${folder}`)).map((name) => `${folder}/${name}`) : []
}

const good = [...samples('portfolio-performance'), ...samples('ghostfolio/ok')]
const bad = samples('ghostfolio/invalid')

/** Real files of others: the good ones are taken with a report of every row, the bad ones are refused and leave no trace. */
describe.skipIf(!sharedIsThere)('real files', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })

  afterAll(() => stage.stop())

  test('there are some of each kind', () => {
    expect(good.length).toBeGreaterThan(10)
    expect(bad.length).toBeGreaterThan(3)
  })

  test.each(good)('%s is taken, and every row is accounted for', async (name) => {
    const { client } = stage
    const seen = dataOf(await handIn(client, sharedFile(`samples/${name}`), name))
    expect(seen).toMatchObject({ state: 'previewed', counts: { error: 0, needsDecision: 0 } })
    const rows = await rowsOf(client, seen.id)
    expect(tally(rows)).toEqual({ ...seen.counts, rows: rows.length })
    expect(seen.counts.rows).toBeGreaterThan(0)
    expect(rows.filter(({ state, reason }) => state !== 'ok' && !reason)).toEqual([])

    const done = dataOf(await client.POST('/imports/{importId}/commit', { params: { path: { importId: seen.id } }, body: {} }))
    expect(done).toMatchObject({ state: 'committed', counts: seen.counts })
    if (seen.content === 'prices' || seen.content === 'rates') return
    const portfolioId = done.portfolioId ?? ''
    const { holdings, cash, totals } = dataOf(
      await client.GET('/portfolios/{portfolioId}/holdings', { params: { path: { portfolioId }, query: {} } }),
    )
    for (const { value } of [...holdings, ...cash, { value: totals.value }]) {
      if (value.amount === null) expect(value.reason).toMatch(/^missing-/)
      else expect(Number(value.amount)).not.toBeNaN()
    }
  })

  test.each(bad)('%s is refused with line and reason, and leaves no trace', async (name) => {
    const { client } = stage
    const before = await recorded()
    const seen = await handIn(client, sharedFile(`samples/${name}`), name)
    if (seen.data) {
      const errors = (await rowsOf(client, seen.data.id)).filter(({ state }) => state === 'error')
      expect(errors.length).toBe(seen.data.counts.error)
      expect(errors.length).toBeGreaterThan(0)
      for (const { line, reason } of errors) {
        expect(line).toBeGreaterThan(0)
        expect(reason).toBeTruthy()
      }
      const { error } = await client.POST('/imports/{importId}/commit', { params: { path: { importId: seen.data.id } }, body: {} })
      expect(error).toMatchObject({ code: 'rows_in_error', status: 422, detail: expect.stringContaining(`line ${errors[0]?.line}`) })
    } else {
      expect(seen.error).toMatchObject({ status: 422, detail: expect.stringMatching(/^line \d+: /) })
    }
    expect(await recorded()).toEqual(before)
  })

  /** How much the book holds. */
  async function recorded(): Promise<Record<string, number>> {
    const query = { limit: 1000 }
    const { client } = stage
    const portfolios = dataOf(await client.GET('/portfolios', { params: { query } })).items
    return {
      portfolios: portfolios.length,
      transactions: portfolios.reduce((sum, { transactionCount }) => sum + transactionCount, 0),
      accounts: dataOf(await client.GET('/accounts', { params: { query } })).items.length,
      instruments: dataOf(await client.GET('/instruments', { params: { query } })).items.length,
    }
  }
})

function tally(rows: readonly Schema<'ImportRow'>[]): Record<string, number> {
  const count = (state: Schema<'RowState'>) => rows.filter((row) => row.state === state).length
  return {
    rows: rows.length,
    ok: count('ok'),
    duplicate: count('duplicate'),
    ignored: count('ignored'),
    needsDecision: count('needs-decision'),
    error: count('error'),
    drafts: rows.filter(({ draft }) => draft).length,
  }
}
