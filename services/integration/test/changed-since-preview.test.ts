import { integrationRoutes } from '@pe/contracts/integration.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIntegration } from '../src/service.ts'
import { type ImportBench, importBench } from './import-bench.ts'

/** Rows that stand in memory; each file here has more. */
const long = 10

interface Way {
  readonly mostRowsInMemory?: number
  /** Whether what the preview left in memory, or beside the book, is gone when the import is committed. */
  readonly forgets: boolean
}

/** However a file comes into the book, and whatever was kept of its preview, the answer is the same. */
const ways: [string, Way][] = [
  ['in memory', { forgets: false }],
  ['in memory, read again', { forgets: true }],
  ['staged', { forgets: false, mostRowsInMemory: long }],
  ['staged, read again', { forgets: true, mostRowsInMemory: long }],
]

describe.each(ways)('what has changed since the preview, %s,', (_, { forgets, ...around }) => {
  let bench: ImportBench

  beforeAll(async () => {
    bench = await importBench(around)
  })
  afterAll(() => bench?.stop())

  /** By another process, where this one is to have forgotten. */
  async function commit(importId: string, options: { skipErrors?: boolean } = {}) {
    if (!forgets) return bench.commit(importId, options)
    const { deps } = bench.integration
    await deps.db.sql.deleteFrom('staged_file').where('import_id', '=', importId).execute()
    const { routes, handlers } = createIntegration({ ...deps, ...around, core: bench.core, market: bench.market })
    expect(routes).toBe(integrationRoutes)
    return inProcessClient(routes, handlers).commitImport({ params: { importId }, body: options }, bench.call)
  }

  const header = 'date,kind,account,isin,symbol,name,quantity,price,amount,currency,fee'
  /** Enough to be long: a deposit on each of the first days of 2020. */
  const deposits = (account: string, count = long + 2): string[] =>
    Array.from({ length: count }, (_none, at) => `2020-01-${String(at + 1).padStart(2, '0')},deposit,${account},,,,,,${100 + at},EUR,`)
  const file = (...lines: string[]): string => [header, ...lines].join('\n')

  const unitsIn = async (portfolioId: string | null): Promise<Map<string, string>> => {
    const { positions } = await bench.core.portfolioPositions({ params: { portfolioId: portfolioId ?? '' }, query: {} }, bench.call)
    return new Map(positions.map(({ instrumentId, quantity }) => [instrumentId, quantity]))
  }

  it('an instrument that lost the symbol which the file knows it by: each row goes to its own', async () => {
    const instrument = await bench.market.createInstrument(
      { body: { name: 'Swapped', isin: 'DE0005190003', symbol: 'SWP1', currency: 'EUR' } },
      bench.call,
    )
    const { id } = await bench.preview(
      file('2021-02-01,buy,Swap,DE0005190003,,,10,1,,EUR,', '2021-02-02,buy,Swap,,SWP1,,3,1,,EUR,', ...deposits('Swap')),
      { portfolio: 'Swap' },
    )
    const params = { instrumentId: instrument.id }
    await bench.market.changeInstrument({ params, body: { symbol: 'OTHER' }, ifMatch: instrument.version }, bench.call)
    const { portfolioId, counts } = await commit(id)
    const units = await unitsIn(portfolioId)
    expect(units.get(instrument.id)).toBe('10')
    expect([...units.values()].sort()).toEqual(['10', '3'])
    expect(counts).toMatchObject({ ok: long + 4, error: 0 })
  })
})
