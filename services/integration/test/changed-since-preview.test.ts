import type { CoreRoutes } from '@pe/contracts/core.ts'
import { integrationRoutes } from '@pe/contracts/integration.ts'
import type { Client } from '@pe/contracts/route.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import type { Refused } from '@pe/platform/http/refused.ts'
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
  /** What happens right before the book is asked to record. */
  let beforeRecording: (() => Promise<unknown>) | null = null

  /** What happens while the book is asked what it would record. */
  let whileJudging: (() => Promise<unknown>) | null = null

  const watched = (core: Client<CoreRoutes>): Client<CoreRoutes> => {
    const after = async <R>(record: () => Promise<R>): Promise<R> => {
      await beforeRecording?.()
      return record()
    }
    return {
      ...core,
      recordJudged: (input, call) => after(() => core.recordJudged(input, call)),
      recordStaged: (input, call) => after(() => core.recordStaged(input, call)),
      async recordBatch(input, call) {
        if (!input.body.dryRun) return after(() => core.recordBatch(input, call))
        await whileJudging?.()
        return core.recordBatch(input, call)
      },
      async judgeStaged(input, call) {
        await whileJudging?.()
        return core.judgeStaged(input, call)
      },
    }
  }

  beforeAll(async () => {
    bench = await importBench({ ...around, core: watched })
  })
  afterAll(() => bench?.stop())

  /** By another process, where this one is to have forgotten. */
  async function commit(importId: string, options: { skipErrors?: boolean } = {}) {
    if (!forgets) return bench.commit(importId, options)
    const { deps } = bench.integration
    await bench.integration.look.sql.deleteFrom('staged_file').where('import_id', '=', importId).execute()
    const { routes, handlers } = createIntegration({ ...deps, ...around, core: watched(bench.core), market: bench.market })
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

  it('a period that was closed: its rows are refused every time, or left out and told', async () => {
    // there is an account whose days can be closed
    await holding('Open', 1)
    const { id } = await bench.preview(file(...deposits('Closed')), { portfolio: 'Closed' })
    const lock = await bench.core.closePeriod({ body: { closedThrough: plainDate('2020-01-05') } }, bench.call)
    for (const attempt of ['first', 'second']) {
      const refused = await refusalOf(commit(id))
      expect([attempt, refused.code, refused.facts['refused']]).toEqual([attempt, 'rows_in_error', '5'])
      expect(refused.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([2, 3, 4, 5, 6].map((line) => `line ${line} period_closed`))
      expect((await bench.core.listPortfolios({ query: { name: 'Closed' } }, bench.call)).items).toEqual([])
    }
    const done = await commit(id, { skipErrors: true })
    expect(done).toMatchObject({ counts: { ok: enough - 5, error: 5 }, adds: { transactions: enough - 5, accounts: 1 } })
    expect((await statesOf(id)).slice(4, 6)).toEqual(['6 period_closed', '7 ok'])
    expect(await transactionsIn(done.portfolioId ?? '')).toBe(enough - 5)
    await bench.core.reopenPeriod({ params: { lockId: lock.id }, body: { reason: 'the test is over' } }, bench.call)
  })

  it('a period that was closed: left out at once where errors are skipped', async () => {
    await holding('Open too', 1)
    const { id } = await bench.preview(file(...deposits('Left out')), { portfolio: 'Left out' })
    const lock = await bench.core.closePeriod({ body: { closedThrough: plainDate('2020-01-05') } }, bench.call)
    const done = await commit(id, { skipErrors: true })
    expect(done).toMatchObject({ counts: { ok: enough - 5, error: 5 }, adds: { transactions: enough - 5 } })
    await bench.core.reopenPeriod({ params: { lockId: lock.id }, body: { reason: 'the test is over' } }, bench.call)
  })

  it('a portfolio that was archived: it takes nothing of a later day', async () => {
    const { id: portfolioId, version } = await bench.core.createPortfolio(
      { body: { name: 'Archived', baseCurrency: 'EUR', accountIds: [] } },
      bench.call,
    )
    const { id } = await bench.preview(file(...deposits('Archived')), { portfolio: 'Archived' })
    const body = { archivedOn: plainDate('2020-01-10') }
    await bench.core.changePortfolio({ params: { portfolioId }, body, ifMatch: version }, bench.call)
    for (const attempt of ['first', 'second']) {
      const refused = await refusalOf(commit(id))
      expect([attempt, refused.code]).toEqual([attempt, 'rows_in_error'])
      expect(refused.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
        'line 12 portfolio_archived',
        'line 13 portfolio_archived',
      ])
      expect(await transactionsIn(portfolioId)).toBe(0)
    }
    const done = await commit(id, { skipErrors: true })
    expect(done).toMatchObject({ counts: { ok: enough - 2, error: 2 }, adds: { transactions: enough - 2 } })
    expect(await transactionsIn(portfolioId)).toBe(enough - 2)
  })

  /** Commits two at once: neither is recorded before the book was asked to record both. */
  async function commitBoth(ids: readonly [string, string]) {
    let asked = 0
    const both = Promise.withResolvers<void>()
    beforeRecording = () => {
      asked += 1
      if (asked === 2) both.resolve()
      return both.promise
    }
    try {
      return await Promise.all(ids.map((id) => commit(id)))
    } finally {
      beforeRecording = null
    }
  }

  it('another first import into the same new portfolio, at the same moment: both are recorded, what they share once', async () => {
    const [one, other] = [deposits('Twin'), [...deposits('Twin').slice(0, 4), ...deposits('Twin', 700)]]
    const ids = [await bench.preview(file(...one), { portfolio: 'Twins' }), await bench.preview(file(...other), { portfolio: 'Twins' })]
    const done = await commitBoth([ids[0]?.id ?? '', ids[1]?.id ?? ''])
    expect(new Set(done.map(({ portfolioId }) => portfolioId)).size).toBe(1)
    expect(done.map(({ adds }) => adds.accounts).sort()).toEqual([0, 1])
    expect(done.reduce((sum, { adds }) => sum + adds.transactions, 0)).toBe(2 * enough)
    expect(done.reduce((sum, { counts }) => sum + counts.duplicate, 0)).toBe(4)
    expect(await transactionsIn(done[0]?.portfolioId ?? '')).toBe(2 * enough)
  })

  it('another import that opens accounts of the same names elsewhere, at the same moment: each opens its own', async () => {
    const [one, other] = [file(...deposits('Alike'), ...deposits('Bright')), file(...deposits('Bright'), ...deposits('Alike'))]
    const ids = [await bench.preview(one, { portfolio: 'Left' }), await bench.preview(other, { portfolio: 'Right' })]
    const done = await commitBoth([ids[0]?.id ?? '', ids[1]?.id ?? ''])
    expect(done.map(({ adds }) => [adds.accounts, adds.transactions])).toEqual([
      [2, 2 * enough],
      [2, 2 * enough],
    ])
  })

  const changeTo = (importId: string, portfolio: string) =>
    bench.imports.changeImport({ params: { importId }, body: { portfolio } }, bench.call)

  it('nothing, since it cannot be changed while it is committed', async () => {
    const { id } = await bench.preview(file(...deposits('Steady')), { portfolio: 'Steady' })
    const refused: Promise<Refused>[] = []
    beforeRecording = async () => {
      refused.push(refusalOf(changeTo(id, 'Elsewhere')))
      await Promise.allSettled(refused)
    }
    const done = await commit(id).finally(() => {
      beforeRecording = null
    })
    expect((await Promise.all(refused)).map(({ code }) => code)).toEqual(['wrong_import_state'])
    expect(done).toMatchObject({ state: 'committed', portfolio: 'Steady', adds: { transactions: enough } })
    const { name } = await bench.core.getPortfolio({ params: { portfolioId: done.portfolioId ?? '' } }, bench.call)
    expect(name).toBe('Steady')
  })

  it('the portfolio: it goes where it was changed to, and a long file is not committed while it is read again', async () => {
    const { id } = await bench.preview(file(...deposits('Moved')), { portfolio: 'From here' })
    const told: Promise<string>[] = []
    whileJudging = async () => {
      whileJudging = null
      // a file in memory is judged under the lock of its import, in the transaction that this would join
      if (around.mostRowsInMemory === undefined) return
      const outcome = commit(id).then(
        ({ portfolio }) => portfolio ?? '',
        (refused: Refused) => refused.code,
      )
      told.push(outcome)
      await outcome
    }
    expect((await changeTo(id, 'To there')).portfolio).toBe('To there')
    const outcome = await told[0]
    expect(outcome).toBe(around.mostRowsInMemory === undefined ? undefined : 'wrong_import_state')
    const { portfolioId } = await commit(id)
    const portfolio = await bench.core.getPortfolio({ params: { portfolioId: portfolioId ?? '' } }, bench.call)
    expect([portfolio.name, portfolio.transactionCount]).toEqual(['To there', enough])
    expect((await bench.core.listPortfolios({ query: { name: 'From here' } }, bench.call)).items).toEqual([])
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
