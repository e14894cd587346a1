import { integrationRoutes } from '@pe/contracts/integration.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIntegration } from '../src/service.ts'
import { type ImportBench, importBench, refusalOf } from './import-bench.ts'

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
    await bench.integration.look.sql.deleteFrom('staged_file').where('import_id', '=', importId).execute()
    const { routes, handlers } = createIntegration({ ...deps, ...around, core: bench.core, market: bench.market })
    expect(routes).toBe(integrationRoutes)
    return inProcessClient(routes, handlers).commitImport({ params: { importId }, body: options }, bench.call)
  }

  const header = 'date,kind,account,isin,symbol,name,quantity,price,amount,currency,fee'
  /** Enough to be long: a deposit on each of the first days of 2020. */
  const enough = long + 2
  const deposits = (account: string, from = 100): string[] =>
    Array.from({ length: enough }, (_none, at) => `2020-01-${String(at + 1).padStart(2, '0')},deposit,${account},,,,,,${from + at},EUR,`)
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
    expect(counts).toMatchObject({ ok: enough + 2, error: 0 })
  })
  /** An account that holds so many units of an instrument of the same name, recorded by an import of its own. */
  async function holding(name: string, units: number) {
    const { id } = await bench.preview(file(`2021-01-05,buy,${name},,${name},,${units},1,,EUR,`, ...deposits(name, 500)), {
      portfolio: name,
    })
    const { portfolioId } = await bench.commit(id)
    const portfolio = await bench.core.getPortfolio({ params: { portfolioId: portfolioId ?? '' } }, bench.call)
    const [instrumentId = ''] = (await unitsIn(portfolio.id)).keys()
    const trade = (kind: 'buy' | 'sell', quantity: string) => {
      const body = { kind, date: plainDate('2021-02-01'), instrumentId, quantity, amount: '1' }
      return bench.core.recordTransaction({ params: { accountId: portfolio.accountIds[0] ?? '' }, body }, bench.call)
    }
    return { portfolioId: portfolio.id, instrumentId, trade }
  }
  const transactionsIn = async (portfolioId: string) =>
    (await bench.core.getPortfolio({ params: { portfolioId } }, bench.call)).transactionCount
  const statesOf = async (importId: string) => (await bench.rows(importId)).map(({ line, state, code }) => `${line} ${code ?? state}`)

  it('units that were sold by hand: the sale is refused with its line, every time, and left out where errors are skipped', async () => {
    const { portfolioId, instrumentId, trade } = await holding('Sold', 10)
    const { id, counts } = await bench.preview(file('2021-03-01,sell,Sold,,Sold,,8,1,,EUR,', ...deposits('Sold')), { portfolio: 'Sold' })
    expect(counts).toMatchObject({ ok: enough + 1, error: 0 })
    await trade('sell', '5')
    const before = await transactionsIn(portfolioId)

    for (const attempt of ['first', 'second']) {
      const refused = await refusalOf(commit(id))
      expect([attempt, refused.code, refused.facts]).toEqual([attempt, 'rows_in_error', { case: 'count', refused: '1' }])
      expect(refused.errors.map(({ path, code }) => `${path} ${code}`)).toEqual(['line 2 not_enough_units'])
      expect(await transactionsIn(portfolioId)).toBe(before)
    }
    const done = await commit(id, { skipErrors: true })
    expect(done).toMatchObject({ state: 'committed', counts: { ok: enough, error: 1 }, adds: { transactions: enough, accounts: 0 } })
    expect((await statesOf(id)).slice(0, 2)).toEqual(['2 not_enough_units', '3 ok'])
    expect((await unitsIn(portfolioId)).get(instrumentId)).toBe('5')
    expect(await transactionsIn(portfolioId)).toBe(before + enough)
  })

  it('units that were bought by hand: a sale that was in error is recorded where errors are skipped, and told so', async () => {
    const { portfolioId, instrumentId, trade } = await holding('Bought', 5)
    const rows = ['2021-03-01,sell,Bought,,Bought,,8,1,,EUR,', 'x,deposit,Bought,,,,,,1,EUR,', ...deposits('Bought')]
    const { id, counts } = await bench.preview(file(...rows), { portfolio: 'Bought' })
    expect(counts).toMatchObject({ ok: enough, error: 2 })
    await trade('buy', '5')
    expect((await refusalOf(commit(id))).code).toBe('rows_in_error')
    const done = await commit(id, { skipErrors: true })
    expect(done).toMatchObject({ counts: { ok: enough + 1, error: 1 }, adds: { transactions: enough + 1 } })
    expect((await statesOf(id)).slice(0, 3)).toEqual(['2 ok', '3 bad_request', '4 ok'])
    expect((await unitsIn(portfolioId)).get(instrumentId)).toBe('2')
  })

  it('nothing: rows that are refused and rows that are known are told as they were', async () => {
    const { portfolioId } = await holding('Same', 5)
    const rows = ['2021-03-01,sell,Same,,Same,,8,1,,EUR,', '2021-01-05,buy,Same,,Same,,5,1,,EUR,', ...deposits('Same')]
    const preview = await bench.preview(file(...rows), { portfolio: 'Same' })
    const told = await bench.rows(preview.id)
    expect(preview.counts).toMatchObject({ ok: enough, duplicate: 1, error: 1 })
    const done = await commit(preview.id, { skipErrors: true })
    expect(done).toMatchObject({ counts: preview.counts, adds: preview.adds, portfolioId })
    expect(await bench.rows(preview.id)).toEqual(told)
  })
})
