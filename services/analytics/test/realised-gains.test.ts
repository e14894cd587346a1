import { inflateRawSync } from 'node:zlib'
import type { RealisedGains } from '@pe/contracts/realised-gains.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks } from './given-books.ts'

describe('realised gains', () => {
  let bench: Bench
  const books = new GivenBooks()
  books.account('Depot', 'EUR')
  books.account('=1+1', 'EUR')
  const share = books.instrument('Share', 'EUR', [
    ['2024-12-31', '110'],
    ['2026-01-02', '130'],
  ])
  const other = books.instrument('-Other', 'USD', [['2025-01-02', '10']])
  books.rate('EUR', 'USD', '2024-01-02', '1.25')
  const trade = (
    kind: 'buy' | 'sell',
    date: string,
    quantity: string,
    amount: string,
    more: { account?: string; instrument?: string; fee?: string } = {},
  ) => books.record({ kind, date, account: 'Depot', currency: 'EUR', instrument: 'Share', quantity, amount, ...more }).id
  const old = trade('buy', '2024-01-10', '6', '600')
  const young = trade('buy', '2025-02-03', '8', '880')
  trade('buy', '2025-02-10', '5', '500', { account: '=1+1' })
  const sale = trade('sell', '2025-03-03', '10', '1250', { fee: '4.90' })
  trade('buy', '2025-04-01', '2', '30', { instrument: '-Other', account: '=1+1' })
  trade('sell', '2026-02-02', '2', '20', { instrument: '-Other', account: '=1+1' })
  const portfolioId = books.portfolio('Main', 'EUR', ['Depot', '=1+1'])
  beforeAll(async () => {
    bench = await benchOf(books)
  })
  afterAll(() => bench?.analytics.stop())

  type Query = Parameters<Bench['client']['portfolioRealisedGains']>[0]['query']
  const gains = (query: Query = {}): Promise<RealisedGains> =>
    bench.client.portfolioRealisedGains({ params: { portfolioId }, query }, bench.analytics.call)
  const lines = ({ items }: RealisedGains) =>
    items.map(({ instrument, units, gain, term }) => `${units} ${instrument} ${gain.amount} ${term}`)

  it('are told lot by lot for a year, with totals by term, instrument and currency', async () => {
    const year = await gains({ year: 2025 })
    expect(year).toMatchObject({
      from: '2024-12-31',
      to: '2025-12-31',
      basis: 'purchase',
      costMethod: 'fifo',
      lotScope: 'account',
      next: null,
    })
    expect(lines(year)).toEqual(['6 Share 147.06 long', '4 Share 58.04 short'])
    expect(year.items[0]).toMatchObject({
      lotId: old,
      transactionId: sale,
      leftBy: 'sell',
      account: 'Depot',
      acquiredOn: '2024-01-10',
      days: 418,
      place: 0,
    })
    expect(year.totals).toMatchObject({ count: 2, proceeds: { amount: '1245.1' }, cost: { amount: '1040' }, gain: { amount: '205.1' } })
    expect(year.byTerm.map(({ term, totals }) => [term, totals.gain.amount])).toEqual([
      ['long', '147.06'],
      ['short', '58.04'],
    ])
    const all = await gains()
    expect(all.byInstrument.map(({ instrumentId, totals }) => [instrumentId, totals.gain.amount])).toEqual([
      [share, '205.1'],
      [other, '-10'],
    ])
    expect(all.byCurrency.map(({ instrumentCurrency }) => instrumentCurrency)).toEqual(['EUR', 'USD'])
  })

  it('follow fiscal years, days, methods, accounts and what was known on a day', async () => {
    expect(lines(await gains({ year: 2024, firstMonth: 4 }))).toHaveLength(2)
    expect(lines(await gains({ year: 2025, firstMonth: 4 }))).toEqual(['2 -Other -10 short'])
    expect(lines(await gains({ asOf: plainDate('2025-03-02') }))).toEqual([])
    expect(lines(await gains({ year: 2027 }))).toEqual([])
    expect(lines(await gains({ costMethod: 'lifo' }))[0]).toBe('8 Share 116.08 short')
    expect(lines(await gains({ costMethod: 'lifo', lotScope: 'portfolio' }))[0]).toBe('5 Share 122.55 short')
    expect(lines(await gains({ accountId: books.account('Depot', 'EUR') }))).toHaveLength(2)
    await expect(gains({ year: 2025, from: plainDate('2025-01-01') })).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('count from the value at the start when asked over the period', async () => {
    const year = await gains({ year: 2025, basis: 'period' })
    expect(lines(year)).toEqual(['6 Share 87.06 null', '4 Share 58.04 short'])
    expect(year.items[0]).toMatchObject({ lotId: null, cost: { amount: '660' } })
  })

  it('come in pages that together are the whole, and explain themselves', async () => {
    const first = await gains({ limit: 2 })
    const second = await gains({ limit: 2, cursor: first.next ?? '' })
    expect([...lines(first), ...lines(second)]).toEqual(lines(await gains()))
    expect([second.next, second.totals]).toEqual([null, first.totals])
    const part = await gains({ rowsOf: other })
    expect([lines(part), part.totals]).toEqual([['2 -Other -10 short'], first.totals])
    await expect(gains({ cursor: 'bm8' })).rejects.toMatchObject({ code: 'bad_request' })
    expect((await gains({ year: 2025, explain: true })).trails?.gain).toMatchObject({ figure: 'realisedGain', value: '205.1' })
  })

  it('tell the history of every lot', async () => {
    const { items, openCount, closedCount } = await bench.client.portfolioLots(
      { params: { portfolioId }, query: { instrumentId: share } },
      bench.analytics.call,
    )
    expect([openCount, closedCount]).toEqual([2, 1])
    expect(items).toMatchObject([
      {
        lotId: old,
        cameBy: 'buy',
        unitsBought: '6',
        units: '0',
        held: [],
        days: 418,
        accounts: [{ account: 'Depot' }],
        terms: ['long'],
        takings: [{ transactionId: sale, leftBy: 'sell', account: 'Depot', units: '6', days: 418, term: 'long' }],
      },
      { lotId: young, units: '4', cost: { amount: '440' }, terms: ['long'], takings: [{ units: '4', gain: { amount: '58.04' } }] },
      { units: '5', held: [{ account: '=1+1', units: '5' }], takings: [] },
    ])
    const lots = async (query: Parameters<Bench['client']['portfolioLots']>[0]['query']) =>
      await bench.client.portfolioLots({ params: { portfolioId }, query }, bench.analytics.call)
    const [one, rest] = [await lots({ limit: 1, state: 'open' }), await lots({ state: 'closed' })]
    expect(one.items.map(({ lotId }) => lotId)).toEqual([young])
    expect((await lots({ limit: 1, state: 'open', cursor: one.next ?? '' })).items).toMatchObject([{ units: '5' }])
    expect(rest.items.map(({ instrument }) => instrument)).toEqual(['Share', '-Other'])
  })

  async function download(format: 'csv' | 'xlsx'): Promise<Buffer> {
    const { stream } = await bench.client.exportRealisedGains({ params: { portfolioId }, query: { format } }, bench.analytics.call)
    const parts: Buffer[] = []
    for await (const part of stream) parts.push(Buffer.from(part))
    return Buffer.concat(parts)
  }

  it('are handed out as CSV without formulas', async () => {
    const table = (await download('csv')).toString().split('\r\n')
    expect(table).toHaveLength(5)
    expect(table[1]).toMatch(/^Share,SHAR,Depot,sale,6,2024-01-10,2025-03-03,418,long,EUR,747\.06,600,147\.06,0,0,/)
    expect(table[3]).toMatch(/^'-Other,'-OTH,'=1\+1,sale,2,/)
    expect(table[3]).toContain(',20,30,-10,')
  })

  it('are handed out as a workbook that holds numbers and no formulas', async () => {
    const sheet = fileOf(await download('xlsx'), 'xl/worksheets/sheet1.xml')
    expect(sheet).toContain('<c r="K2"><v>747.06</v></c>')
    expect(sheet).toContain('<c r="F2" s="2"><v>45301</v></c>')
    expect(sheet).toContain(">'-Other</t>")
    expect(sheet).not.toContain('<f>')
  })
})

/** One file of an archive, found by its local header. */
function fileOf(archive: Buffer, name: string): string {
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50; ) {
    const [packed, nameLength] = [archive.readUInt32LE(at + 18), archive.readUInt16LE(at + 26)]
    const data = at + 30 + nameLength + archive.readUInt16LE(at + 28)
    if (archive.toString('utf8', at + 30, at + 30 + nameLength) === name)
      return inflateRawSync(archive.subarray(data, data + packed)).toString()
    at = data + packed
  }
  throw new Error(`no ${name} in the archive`)
}
