import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImportBench, importBench, refusalOf } from './import-bench.ts'

let bench: ImportBench

beforeAll(async () => {
  bench = await importBench({ mostRowsInMemory: 10_000 })
})
afterAll(() => bench?.stop())

const header = 'date,kind,account,symbol,quantity,price,amount,fee,currency'
const dayOf = (at: number): string => new Date(Date.UTC(2010, 0, 1) + Math.floor(at / 4) * 86_400_000).toISOString().slice(0, 10)

/** A deposit, two purchases and a sale a day, in two accounts; the sale is listed before the purchase that covers it. */
function cashFile(rows: number): string[] {
  const lines = [header]
  for (let at = 0; at < rows; at++) {
    const [day, account, symbol] = [dayOf(at), at % 8 < 4 ? 'One' : 'Two', at % 8 < 4 ? 'AAA' : 'BBB']
    const kind = ['sell', 'deposit', 'buy', 'buy'][at % 4]
    lines.push(
      kind === 'deposit'
        ? `${day},deposit,${account},,,,1000,,EUR`
        : `${day},${kind},${account},${symbol},${kind === 'sell' ? 2 : 1},10.5,,0.1,EUR`,
    )
  }
  return lines
}

const positionsOf = async (portfolioId: string) => {
  const { positions, cash } = await bench.core.portfolioPositions({ params: { portfolioId }, query: {} }, bench.call)
  return [...positions.map(({ quantity }) => quantity).sort(), ...cash.map(({ balance }) => `${balance.amount} ${balance.currency}`).sort()]
}

describe('a file of more rows than stand in memory', () => {
  it('is previewed, committed, known again, undone and imported again like a short one', async () => {
    const lines = cashFile(12_000)
    // an error, a total and an oversale
    lines.push('x,deposit,One,,,,1,,EUR', 'Total,,,,,,,,', `${dayOf(12_000)},sell,One,AAA,5000,10,,,EUR`)
    const preview = await bench.preview(lines.join('\n'), { portfolio: 'Long' })
    expect(preview).toMatchObject({
      state: 'previewed',
      format: 'csv',
      baseCurrency: 'EUR',
      counts: { rows: 12_003, ok: 12_000, duplicate: 0, ignored: 1, needsDecision: 0, error: 2, drafts: 0 },
      adds: { accounts: 2, instruments: 2, transactions: 12_000, closes: 0, rates: 0 },
    })
    const bad = (await bench.rows(preview.id)).filter(({ state }) => state !== 'ok')
    expect(bad.map(({ row, line, state, code }) => [row, line, state, code])).toEqual([
      [12_001, 12_002, 'error', 'bad_request'],
      [12_002, 12_003, 'ignored', null],
      [12_003, 12_004, 'error', 'not_enough_units'],
    ])
    expect(bad[2]?.reason).toContain('account One holds')
    expect(bad[2]?.reason).toContain('of instrument AAA')
    expect((await refusalOf(bench.commit(preview.id))).code).toBe('rows_in_error')

    const committed = await bench.commit(preview.id, { skipErrors: true })
    expect(committed).toMatchObject({ state: 'committed', counts: preview.counts, adds: preview.adds })
    const portfolioId = committed.portfolioId ?? ''
    const deposits = 12_000 / 4
    const cash = deposits * 1000 - deposits * 0.3
    // two bought and two sold a day
    expect(await positionsOf(portfolioId)).toEqual([`${cash / 2} EUR`, `${cash / 2} EUR`])
    expect((await bench.core.getPortfolio({ params: { portfolioId } }, bench.call)).transactionCount).toBe(12_000)

    const again = await bench.preview(lines.join('\n'), { portfolio: 'Long' })
    expect(again.counts).toMatchObject({ ok: 0, duplicate: 12_000, ignored: 1, error: 2 })
    expect(again.adds).toMatchObject({ accounts: 0, instruments: 0, transactions: 0 })
    expect((await bench.commit(again.id, { skipErrors: true })).adds.transactions).toBe(0)

    expect((await bench.undo(preview.id)).state).toBe('undone')
    expect((await bench.core.listPortfolios({ query: { name: 'Long' } }, bench.call)).items).toEqual([])
    const third = await bench.preview(lines.join('\n'), { portfolio: 'Long' })
    expect(third.counts).toMatchObject({ ok: 12_000, duplicate: 0 })
    expect((await bench.commit(third.id, { skipErrors: true })).adds.transactions).toBe(12_000)
  }, 120_000)

  it('that lists the newest first and knows no cash becomes what a short one becomes', async () => {
    const rows = (days: number): string[] => {
      const lines: string[] = []
      for (let at = 0; at < days; at++) {
        const day = dayOf(at * 4)
        const symbol = `S${at % 7}`
        lines.push(
          `${day},fee,Broker,,,,1,,EUR`,
          `${day},buy,Broker,${symbol},3,10,,0.5,EUR`,
          `${day},dividend,Broker,${symbol},,,2.5,,EUR`,
        )
        if (at > 50) lines.push(`${day},sell,Broker,${symbol},1,11,,,EUR`)
      }
      return lines.reverse()
    }
    const all = rows(2600)
    expect(all.length).toBeGreaterThan(10_000)
    const long = await bench.preview([header, ...all].join('\n'), { portfolio: 'Newest first' })
    // the same in two files that stand in memory, the older half first: a fee before anything is held is a draft in both
    const half = Math.floor(all.length / 2)
    const older = await bench.preview([header, ...all.slice(half)].join('\n'), { portfolio: 'Halves' })
    const first = await bench.commit(older.id)
    const newer = await bench.preview([header, ...all.slice(0, half)].join('\n'), { portfolio: 'Halves' })
    await bench.commit(newer.id)
    expect(long.notes.map(({ code }) => code)).toEqual(['no-cash-movements'])
    expect(long.counts.drafts).toBe(1)
    const done = await bench.commit(long.id)
    expect(await positionsOf(done.portfolioId ?? '')).toEqual(await positionsOf(first.portfolioId ?? ''))
    const becomes = new Set((await bench.rows(long.id)).map((row) => row.becomes))
    expect([...becomes].sort()).toEqual(['delivery-in', 'delivery-out', 'dividend', 'fee'])
  }, 120_000)

  it('never leaves a recorded sale uncovered: the last row that takes what it needs is refused', async () => {
    const start = await bench.preview(
      `${header}\n2020-01-01,buy,Deep,CCC,10,1,,,EUR\n2020-06-01,sell,Deep,CCC,10,1,,,EUR\n2020-01-01,deposit,Deep,,,,1,,EUR\n`,
      {
        portfolio: 'Deep',
      },
    )
    const { portfolioId } = await bench.commit(start.id)
    const lines = [header, '2020-02-01,buy,Deep,CCC,4,1,,,EUR', '2020-03-01,sell,Deep,CCC,4,1,,,EUR', '2020-04-01,sell,Deep,CCC,1,1,,,EUR']
    for (let at = 0; at < 10_500; at++) lines.push(`${dayOf(at)},deposit,Deep,,,,${at + 1},,EUR`)
    const { id, counts } = await bench.preview(lines.join('\n'), { portfolio: 'Deep' })
    expect(counts).toMatchObject({ ok: 10_502, error: 1 })
    expect((await bench.rows(id)).filter(({ state }) => state === 'error').map(({ line, code }) => [line, code])).toEqual([
      [4, 'not_enough_units'],
    ])
    const beyond = (await bench.rows(id)).find(({ line }) => line === 4)
    expect(beyond?.note).toMatchObject({ code: 'not_enough_units', facts: { date: '2020-06-01', name: 'CCC', leaving: '10' } })
    // the book changes between preview and commit: the rows are judged again
    const accountId = (await bench.core.getPortfolio({ params: { portfolioId: portfolioId ?? '' } }, bench.call)).accountIds[0] ?? ''
    const { items } = await bench.market.listInstruments({ query: { text: 'CCC' } }, bench.call)
    const more = {
      kind: 'buy' as const,
      date: lines[1]?.slice(0, 10) as never,
      instrumentId: items[0]?.id ?? '',
      quantity: '1',
      amount: '1',
    }
    await bench.core.recordTransaction({ params: { accountId }, body: more }, bench.call)
    const done = await bench.commit(id, { skipErrors: true })
    expect(done).toMatchObject({ counts: { ok: 10_503, error: 0 }, adds: { transactions: 10_503 } })
    expect((await bench.rows(id)).every(({ state }) => state === 'ok')).toBe(true)
  }, 120_000)
})
