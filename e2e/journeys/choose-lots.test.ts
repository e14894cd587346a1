import type { Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { numberIn, settled, visit } from '../stage/page.ts'
import { openStage, type Stage } from '../stage/server.ts'

/** From what was gained to the lots behind it, to other lots, to another gain; the history tells why. */
describe('choosing lots', () => {
  let browser: Browser
  let stage: Stage
  let guest: Awaited<ReturnType<typeof visit>>
  let page: Page

  beforeAll(async () => {
    stage = await openStage()
    const { client } = stage
    const accountId = dataOf(await client.POST('/accounts', { body: { name: 'Depot', currency: 'EUR' } })).id
    dataOf(await client.POST('/portfolios', { body: { name: 'Main', baseCurrency: 'EUR', accountIds: [accountId] } }))
    const instrumentId = dataOf(await client.POST('/instruments', { body: { name: 'Acme', currency: 'EUR' } })).id
    const record = async (body: Schema<'NewTransaction'>) =>
      dataOf(await client.POST('/accounts/{accountId}/transactions', { params: { path: { accountId } }, body }))
    await record({ kind: 'deposit', date: '2025-01-02', amount: '5000' })
    await record({ kind: 'buy', date: '2025-01-06', instrumentId, quantity: '6', price: '100' })
    await record({ kind: 'buy', date: '2025-02-03', instrumentId, quantity: '8', price: '110' })
    await record({ kind: 'sell', date: '2025-03-03', instrumentId, quantity: '4', price: '125' })
    browser = await openBrowser()
    guest = await visit(browser, stage.url)
    page = guest.page
  })
  afterAll(async () => {
    await guest.close()
    await browser.close()
    await stage.stop()
  })

  const gained = async () => numberIn(page.getByRole('table', { name: 'Realised gains' }).locator('tfoot td').last())
  const lotOf = (day: string) => page.getByRole('table', { name: 'Lots' }).getByRole('row').filter({ hasText: day })

  test('gains, lots, other lots, other gains', async () => {
    await page.goto('/gains?year=2025')
    await settled(page)
    expect(await gained()).toBe(100)

    await page.getByRole('link', { name: 'Lots', exact: true }).click()
    await lotOf('6 Jan 2025').waitFor()
    expect(await lotOf('6 Jan 2025').getByRole('cell').nth(5).innerText()).toBe('2')
    expect(await lotOf('3 Feb 2025').getByRole('cell').nth(5).innerText()).toBe('8')
    await lotOf('6 Jan 2025').getByRole('link', { name: '6 Jan 2025' }).click()

    const sale = page.getByRole('row').filter({ hasText: 'Sell' })
    await sale.getByRole('button', { name: 'Correct' }).click()
    const form = page.getByRole('dialog')
    await form.getByText('Choose lots').click()
    // What this sale took is there to choose again.
    await form.getByText('Lot of 6 Jan 2025, 6 left').waitFor()
    await form.getByLabel('Units of the lot of 3 Feb 2025').fill('9')
    await form.getByText('The lot has 8 units.').waitFor()
    await form.getByLabel('Units of the lot of 3 Feb 2025').fill('4')
    await form.getByText('+60.00').waitFor()
    await form.getByRole('button', { name: 'Record the correction' }).click()
    await page.getByText('The correction is recorded').waitFor()
    await settled(page)

    await sale.getByRole('button', { name: 'History' }).click()
    await page.getByRole('dialog').getByText('Corrected').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

    await page.goto('/gains?year=2025')
    await settled(page)
    expect(await gained()).toBe(60)
    await page.goto('/lots')
    await lotOf('6 Jan 2025').waitFor()
    expect(await lotOf('6 Jan 2025').getByRole('cell').nth(5).innerText()).toBe('6')
    expect(await lotOf('3 Feb 2025').getByRole('cell').nth(5).innerText()).toBe('4')
  })
})
