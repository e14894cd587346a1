import { readFileSync } from 'node:fs'
import { dataOf } from '@pe/sdk/problem-error.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { furnish } from '../stage/furnish.ts'
import { recordText } from '../stage/hand-in.ts'
import { ownBook, ownPrices } from '../stage/own-files.ts'
import { dropOn, numberIn, settled, visit } from '../stage/page.ts'
import { openStage, type Stage } from '../stage/server.ts'

const lastDay = '2024-06-28'
const span = `from=2024-01-01&to=${lastDay}`

/** The whole book leaves by the Export menu of one instance and comes into another, empty one by its page: the same book, once. */
describe('the whole book from one instance to another', () => {
  let browser: Browser
  let here: Stage
  let there: Stage
  let home: Awaited<ReturnType<typeof visit>>
  let away: Awaited<ReturnType<typeof visit>>
  let portfolioId: string
  let book: { name: string; text: string }

  beforeAll(async () => {
    here = await openStage()
    there = await openStage()
    const recorded = await recordText(here.client, ownBook, 'Family')
    await recordText(here.client, ownPrices)
    portfolioId = recorded.portfolioId ?? ''
    await furnish(here.client, portfolioId)
    browser = await openBrowser()
    home = await visit(browser, here.url)
    away = await visit(browser, there.url)
  })
  afterAll(async () => {
    await home.close()
    await away.close()
    await browser.close()
    await here.stop()
    await there.stop()
  })

  test('leaves by the Export menu', async () => {
    const { page } = home
    await page.goto(`/transactions?portfolio=${portfolioId}`)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const asked = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Whole book' }).click()
    const download = await asked
    book = { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
    expect(book.name).toMatch(/\.json$/)
  })

  test('dropped on an empty Home, it says what it is and comes in as it is', async () => {
    const { page } = away
    await page.goto('/')
    await dropOn(page.locator('.drop'), [book])
    await page.getByText('a whole book of').waitFor()
    expect((await journal(there)).length).toBe(0)
    await page.getByRole('button', { name: 'Take the book in' }).click()
    await page.getByText('The book is here').waitFor()
    await page.getByRole('link', { name: 'Look at the figures' }).click()
    await page.locator('.headline .xl').waitFor()
  })

  test('value, positions and journal are those of the first', async () => {
    const [mine, theirs] = [await figures(home.page), await figures(away.page)]
    // 6 Acme at 120, 20 Boreas at 53, and the cash: 10 000 − 1 005 − 1 004.50 + 12.40 + 457 − 9.90.
    expect(mine.value).toBe(6 * 120 + 20 * 53 + 8450)
    expect(mine.held.length).toBe(3)
    expect(theirs).toEqual(mine)
    expect(await journal(there)).toEqual(await journal(here))
    expect(await positions(there)).toEqual(await positions(here))
  })

  test('a second time it is refused with a sentence, and nothing is written', async () => {
    const { page } = away
    const before = await journal(there)
    await page.goto('/import')
    await dropOn(page.locator('.drop'), [book])
    await page.getByRole('button', { name: 'Take the book in' }).click()
    const refused = page.getByRole('alert')
    await refused.getByText('A whole book goes into an empty instance only').waitFor()
    expect(await journal(there)).toEqual(before)
    await page.getByRole('button', { name: 'Another file' }).click()
    await page.getByText('Choose a file').waitFor()
    expect(await refused.count()).toBe(0)
  })

  async function figures(page: Page) {
    await page.goto(`/?portfolio=${portfolioId}&${span}`)
    await settled(page)
    const value = await numberIn(page.locator('.headline .xl').getByRole('button'))
    await page.goto(`/holdings?portfolio=${portfolioId}&${span}`)
    await settled(page)
    const held = await page.locator('table.hold tbody tr').allInnerTexts()
    return { value, held: held.map((line) => line.replace(/\s+/g, ' ')) }
  }

  async function journal({ client }: Stage) {
    return dataOf(await client.GET('/transactions', { params: { query: { state: 'posted', limit: 100 } } })).items
  }

  async function positions({ client }: Stage) {
    const { items } = dataOf(await client.GET('/accounts', { params: { query: { limit: 100 } } }))
    return Promise.all(
      items.map(async ({ id: accountId }) =>
        dataOf(await client.GET('/accounts/{accountId}/positions', { params: { path: { accountId }, query: {} } })),
      ),
    )
  }
})
