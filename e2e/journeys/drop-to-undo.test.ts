import { readFileSync } from 'node:fs'
import { dataOf } from '@pe/sdk/problem-error.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { ownBook, ownPrices } from '../stage/own-files.ts'
import { dropOn, numberIn, settled, visit } from '../stage/page.ts'
import { openStage, type Stage } from '../stage/server.ts'
import { sharedFile, sharedIsThere } from '../stage/shared-files.ts'

interface Sample {
  readonly title: string
  /** Prices or rates: dropped. */
  readonly market: { name: string; text: string }
  readonly book: { name: string; text: string }
  readonly period: { from: string; to: string }
  readonly opening: number
  readonly closing: number
}

const own: Sample = {
  title: 'files of our own',
  market: ownPrices,
  book: ownBook,
  period: { from: '2024-02-29', to: '2024-06-28' },
  opening: 10_030.5,
  closing: 10_230,
}

/** The file of the issue, with its figures; where it is not there, only our own files are walked through. */
const real: Sample[] = sharedIsThere
  ? [
      {
        title: 'the currency sample',
        market: sample('ecb-rates.csv'),
        book: sample('currency_sample.xml'),
        period: { from: '2015-01-02', to: '2015-01-14' },
        opening: 4131.99,
        closing: 4187.94,
      },
    ]
  : []

function sample(name: string) {
  return { name, text: readFileSync(sharedFile(`samples/portfolio-performance/${name}`), 'utf8') }
}

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** What a person does with the file they have: drop, look, record, read the figures, take it back, import it again. */
describe.each([own, ...real])('from a drop to its undo: $title', ({ market, book, period, opening, closing }) => {
  let stage: Stage
  let guest: Awaited<ReturnType<typeof visit>>
  let page: Page
  const span = `from=${period.from}&to=${period.to}`

  beforeAll(async () => {
    stage = await openStage()
    guest = await visit(browser, stage.url)
    page = guest.page
  })
  afterAll(async () => {
    await guest.close()
    await stage.stop()
  })

  test('an empty book says what to do first', async () => {
    await page.goto('/')
    await expectText(page, 'Drop files here')
    await page.getByText('Choose files').waitFor()
  })

  test('prices or rates are dropped on Home, previewed and recorded', async () => {
    await dropOn(page.locator('.drop'), [market])
    await page.waitForURL(/\/import/)
    await expectText(page, 'Nothing is written before you record it.')
    await page.getByRole('button', { name: /^Record \d+ rows?$/ }).click()
    await expectText(page, 'The prices and rates are known now.')
  })

  test('the book is chosen as a file: the preview shows every row and writes nothing', async () => {
    await page.getByRole('button', { name: 'Another file' }).click()
    await choose(page, book)
    await expectText(page, 'Nothing is written before you record it.')
    const { items } = dataOf(await stage.client.GET('/imports', { params: { query: { limit: 1 } } }))
    await page.locator(`table[aria-label="Rows of the file"][aria-rowcount="${(items[0]?.counts.rows ?? 0) + 1}"]`).waitFor()
    expect(dataOf(await stage.client.GET('/portfolios', { params: { query: {} } })).items).toEqual([])
  })

  test('recorded, the figures of Home are those of the API', async () => {
    await page.getByRole('button', { name: /^Record \d+ rows?$/ }).click()
    await expectText(page, 'It is in the book of My portfolio now.')
    await expectText(page, `${book.name} is recorded`)
    await page.getByRole('link', { name: 'Look at the figures' }).click()
    await expectFigures()
  })

  test('Holdings shows every holding with its value, and their sum', async () => {
    await page.goto(`/holdings?${span}`)
    const { holdings, cash, totals } = await asked()
    for (const { instrument, value } of holdings) {
      const row = page.getByRole('row').filter({ hasText: instrument })
      expect(await numberIn(row.locator('td.b'))).toBeCloseTo(Number(value.amount), 2)
    }
    expect(await page.locator('table.hold tbody tr').count()).toBe(holdings.length + cash.length)
    expect(await numberIn(page.locator('table.hold tfoot td.b'))).toBeCloseTo(Number(totals.value.amount), 2)
  })

  test('Performance shows the returns of the API', async () => {
    await page.goto(`/performance?${span}`)
    const { twr, xirr } = await returned()
    expect(await numberIn(page.locator('.headline .xl').getByRole('button'))).toBeCloseTo((twr.value ?? Number.NaN) * 100, 2)
    await page.goto(`/performance?${span}&return=irr`)
    await page.locator('.headline .xl').getByText('IRR').waitFor()
    const shown = await numberIn(page.locator('.headline .xl').getByRole('button'))
    expect(shown).toBeCloseTo((xirr.ofPeriod ?? Number.NaN) * 100, 2)
  })

  test('a figure opens the way that it came about', async () => {
    await page.goto(`/?${span}`)
    await page.locator('.headline .xl').getByRole('button').click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('Copy').waitFor()
    expect(await numberIn(drawer.locator('.big'))).toBeCloseTo(closing, 2)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
  })

  test('taken back as a whole, the book is as empty as before', async () => {
    await page.goto('/import')
    const row = page.getByRole('table', { name: 'Earlier imports' }).getByRole('row').filter({ hasText: book.name })
    await row.getByRole('button', { name: 'Take back' }).click()
    await page.getByRole('row').filter({ hasText: 'leaves the book as a whole' }).getByRole('button', { name: 'Take back' }).click()
    await expectText(page, `${book.name} is taken back`)
    await row.getByText('Taken back').waitFor()
    const portfolios = dataOf(await stage.client.GET('/portfolios', { params: { query: {} } })).items
    expect(portfolios.reduce((sum, { transactionCount }) => sum + transactionCount, 0)).toBe(0)
    await page.goto('/')
    await expectText(page, 'Drop files here')
  })

  test('the same file comes in again, with the same figures', async () => {
    await page.goto('/import')
    await choose(page, book)
    await page.getByRole('button', { name: /^Record \d+ rows?$/ }).click()
    await page.getByRole('link', { name: 'Look at the figures' }).click()
    await expectFigures()
  })

  test('a third time it adds nothing', async () => {
    await page.goto('/import')
    await choose(page, book)
    await expectText(page, 'This file adds nothing: all of it is in the book already.')
    expect(await page.getByRole('button', { name: /^Record/ }).isDisabled()).toBe(true)
  })

  async function expectFigures(): Promise<void> {
    await page.waitForURL((url) => url.pathname === '/')
    await page.goto(`/?${span}`)
    const performance = await returned()
    const headline = page.locator('.headline .xl').getByRole('button')
    expect(await numberIn(headline)).toBeCloseTo(closing, 2)
    expect(Number(performance.closingValue.amount)).toBeCloseTo(closing, 2)
    const statement = page.locator('dl.state dd')
    expect(await numberIn(statement.first())).toBeCloseTo(opening, 2)
    expect(Number(performance.openingValue.amount)).toBeCloseTo(opening, 2)
    const lines = await statement.count()
    const parts: number[] = []
    for (let at = 0; at < lines - 1; at += 1) parts.push(await numberIn(statement.nth(at)))
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(closing, 1)
    await expectText(page, 'Adds up to the cent.')
  }

  async function portfolioId(): Promise<string> {
    const [portfolio] = dataOf(await stage.client.GET('/portfolios', { params: { query: { name: 'My portfolio' } } })).items
    return portfolio?.id ?? ''
  }

  async function returned() {
    const params = { path: { portfolioId: await portfolioId() }, query: period }
    return dataOf(await stage.client.GET('/portfolios/{portfolioId}/performance', { params }))
  }

  async function asked() {
    const params = { path: { portfolioId: await portfolioId() }, query: { asOf: period.to } }
    return dataOf(await stage.client.GET('/portfolios/{portfolioId}/holdings', { params }))
  }
})

/** Through the browser's own dialog, as the button asks for it. */
async function choose(page: Page, { name, text }: { name: string; text: string }): Promise<void> {
  const asked = page.waitForEvent('filechooser')
  await page.getByText('Choose a file').click()
  await (await asked).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
}

async function expectText(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor()
  await settled(page)
}
