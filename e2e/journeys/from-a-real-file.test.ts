import { dataOf } from '@pe/sdk/problem-error.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage } from '../stage/server.ts'
import { sharedFile, sharedIsThere } from '../stage/shared-files.ts'

/**
 * From a real file to figures one can trust: a Portfolio Performance file of two accounts in two currencies and the ECB's rates.
 * The figures are those of its own test suite (shared/reference, PP "currency_sample") and were recomputed independently.
 */
describe.skipIf(!sharedIsThere)('the currency sample', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })

  afterAll(() => stage.stop())

  const performance = async (...words: string[]) => {
    const { out, err, code } = await stage.command('performance', '--portfolio', 'Main', '--json', ...words)
    expect(err).toBe('')
    expect(code).toBe(0)
    return JSON.parse(out) as Record<string, number | string | null>
  }

  test('imports by command, with a report that accounts for every row', async () => {
    const rates = await stage.command('import', sharedFile('samples/portfolio-performance/ecb-rates.csv'), '--json')
    expect(rates.err).toBe('')
    expect(JSON.parse(rates.out).import).toMatchObject({ state: 'committed', counts: { rows: 21, ok: 21, error: 0 } })
    const book = await stage.command(
      'import',
      sharedFile('samples/portfolio-performance/currency_sample.xml'),
      '--portfolio',
      'Main',
      '--json',
    )
    expect(book.err).toBe('')
    const { state, counts } = JSON.parse(book.out).import as { state: string; counts: Record<string, number> }
    expect(state).toBe('committed')
    expect(counts.error).toBe(0)
    expect(counts.rows).toBe((counts.ok ?? 0) + (counts.duplicate ?? 0) + (counts.ignored ?? 0) + (counts.needsDecision ?? 0))
  })

  test('values the whole book to the cent and reckons its XIRR', async () => {
    const main = await performance('--from', '2015-01-02', '--to', '2015-01-14')
    expect(Number(main.openingValue)).toBeCloseTo(4131.99, 2)
    expect(Number(main.closingValue)).toBeCloseTo(4187.94, 2)
    expect(main.xirr).toBeCloseTo(0.505460983, 6)
  })

  test('follows one instrument: TWR, XIRR, drawdown, cost with fees and taxes, market value', async () => {
    const apple = await performance('--from', '2014-12-31', '--to', '2015-08-10', '--instrument', 'Apple')
    expect(apple.twr).toBeCloseTo(0.1041737743, 9)
    expect(apple.xirr).toBeCloseTo(0.1446282846, 6)
    expect(apple.maxDrawdown).toBeCloseTo(0.1242126865, 9)
    expect(Number(apple.closingValue)).toBeCloseTo(1495.34, 2)
    const [portfolio] = dataOf(await stage.client.GET('/portfolios', { params: { query: { name: 'Main' } } })).items
    const [instrument] = dataOf(await stage.client.GET('/instruments', { params: { query: { text: 'Apple' } } })).items
    const sdk = dataOf(
      await stage.client.GET('/portfolios/{portfolioId}/performance', {
        params: {
          path: { portfolioId: portfolio?.id ?? '' },
          query: { from: '2014-12-31', to: '2015-08-10', instrumentId: instrument?.id ?? '', explain: true },
        },
      }),
    )
    expect(sdk.twr.value).toBe(apple.twr)
    expect(sdk.xirr.value).toBe(apple.xirr)
    expect(sdk.maxDrawdown.value).toBe(apple.maxDrawdown)
    expect(sdk.costWithTaxes?.amount).toBe('1424.1')
    expect(sdk.closingValue).toMatchObject({ amount: '1495.34', staleSince: '2015-01-16' })
    expect(sdk.trails).toBeDefined()
  })

  test('importing the same file again adds nothing', async () => {
    const again = await stage.command(
      'import',
      sharedFile('samples/portfolio-performance/currency_sample.xml'),
      '--portfolio',
      'Main',
      '--json',
    )
    expect(JSON.parse(again.out).import).toMatchObject({ counts: { ok: 0, error: 0 }, adds: { transactions: 0, closes: 0, accounts: 0 } })
  })
})
