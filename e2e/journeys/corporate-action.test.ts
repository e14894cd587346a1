import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import type * as Axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { settled, visit } from '../stage/page.ts'
import { openStage, type Stage } from '../stage/server.ts'

declare const axe: typeof Axe

const axeItself = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** A split from the holding's row: terms, preview, apply, a look at the holdings, undo; figures are as before, the journal keeps both. */
describe('a corporate action', () => {
  let browser: Browser
  let stage: Stage
  let guest: Awaited<ReturnType<typeof visit>>
  let page: Page
  let portfolioId = ''

  beforeAll(async () => {
    stage = await openStage()
    const { client } = stage
    const account = dataOf(await client.POST('/accounts', { body: { name: 'Depot', currency: 'EUR' } })).id
    portfolioId = dataOf(await client.POST('/portfolios', { body: { name: 'Main', baseCurrency: 'EUR', accountIds: [account] } })).id
    const instrumentId = dataOf(await client.POST('/instruments', { body: { name: 'Acme', currency: 'EUR' } })).id
    const closes = [
      { date: '2026-01-05', close: '100' },
      { date: '2026-03-02', close: '60' },
    ]
    dataOf(await client.PUT('/instruments/{instrumentId}/closes', { params: { path: { instrumentId } }, body: { closes } }))
    const record = async (body: Schema<'NewTransaction'>) =>
      dataOf(await client.POST('/accounts/{accountId}/transactions', { params: { path: { accountId: account } }, body }))
    await record({ kind: 'deposit', date: '2026-01-05', amount: '5000' })
    await record({ kind: 'buy', date: '2026-01-05', instrumentId, quantity: '10', amount: '1000' })
    browser = await openBrowser()
    guest = await visit(browser, stage.url)
    page = guest.page
    await guest.context.addInitScript({ content: axeItself })
  })
  afterAll(async () => {
    await guest.close()
    await browser.close()
    await stage.stop()
  })

  const figures = async () => {
    const { holdings, totals } = dataOf(
      await stage.client.GET('/portfolios/{portfolioId}/holdings', { params: { path: { portfolioId }, query: { asOf: '2026-03-06' } } }),
    )
    return { holdings, totals }
  }

  const violations = async (): Promise<string[]> =>
    await page.evaluate(async () => {
      const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    })

  test('is refused while it is typed, previewed, applied, seen and undone', async () => {
    const before = await figures()
    await page.goto('/holdings?to=2026-03-06')
    await page.getByRole('link', { name: 'New corporate action of Acme' }).click()
    await page.getByLabel('Ex-date').fill('2026-03-02')
    await page.getByLabel('Units after').fill('0')
    await page.getByLabel('for units before').fill('1')
    await page.getByText('This must be more than zero.').waitFor()
    expect(await page.getByRole('button', { name: 'See what it does' }).isDisabled()).toBe(true)
    await page.getByLabel('Units after').fill('2')
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: 'See what it does' }).click()

    const effect = page.getByRole('region', { name: 'Depot' })
    const units = effect.getByRole('row', { name: /Units of Acme/ })
    await units.waitFor()
    expect(await units.innerText()).toMatch(/10\s+20/)
    expect(await figures()).toEqual(before)
    expect(await violations()).toEqual([])

    await page.getByRole('button', { name: 'Apply to 1 account' }).click()
    await page.getByText('Split is applied').waitFor()
    expect((await figures()).holdings).toMatchObject([{ units: '20', cost: { amount: '1000' } }])
    await page.goto('/holdings?to=2026-03-06')
    await page
      .getByRole('row', { name: /Acme/ })
      .getByText(/1\D?200\.00/)
      .first()
      .waitFor()

    await page.goto('/transactions')
    await page.getByText('1 corporate action in this journal').click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Undone on').waitFor()
    await settled(page)
    expect(await figures()).toEqual(before)
    await page.goto('/actions')
    await page.getByText('Undone on').waitFor()
    expect(await violations()).toEqual([])
  })
})
