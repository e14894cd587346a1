import { dataOf } from '@pe/sdk/problem-error.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { numberIn, visit } from '../stage/page.ts'
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

  test('shows the same figures on the screens', async () => {
    const [portfolio] = dataOf(await stage.client.GET('/portfolios', { params: { query: { name: 'Main' } } })).items
    const [instrument] = dataOf(await stage.client.GET('/instruments', { params: { query: { text: 'Apple' } } })).items
    const browser = await openBrowser()
    const { page, close } = await visit(browser, stage.url)
    try {
      const headline = page.locator('.headline .xl').getByRole('button')
      await page.goto(`/?portfolio=${portfolio?.id}&from=2015-01-02&to=2015-01-14`)
      expect(await numberIn(headline)).toBe(4187.94)
      expect(await numberIn(page.locator('dl.state dd').first())).toBe(4131.99)

      const apple = `portfolio=${portfolio?.id}&instrument=${instrument?.id}&from=2014-12-31&to=2015-08-10`
      await page.goto(`/performance?${apple}`)
      expect(await numberIn(headline)).toBe(10.42)
      await page.getByText('12.42').first().waitFor()

      await page.goto(`/?${apple}`)
      expect(await numberIn(headline)).toBe(1495.34)
      await page.goto(`/holdings?portfolio=${portfolio?.id}&from=2014-12-31&to=2015-08-10`)
      const row = page.getByRole('row').filter({ hasText: 'Apple' })
      expect(await numberIn(row.locator('td.b'))).toBe(1495.34)
      await row.locator('.stale').waitFor()
    } finally {
      await close()
      await browser.close()
    }
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
