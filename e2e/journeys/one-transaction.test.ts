import type { Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { desktop, phone, settled, visit } from '../stage/page.ts'
import { openStage, type Stage } from '../stage/server.ts'

/** From a row of the journal to the page of a transaction, to the lots it moved, through a correction, a void and back. */
describe.each([
  { device: 'desktop', viewport: desktop },
  { device: 'phone', viewport: phone },
])('one transaction on a $device', ({ viewport }) => {
  let browser: Browser
  let stage: Stage
  let guest: Awaited<ReturnType<typeof visit>>
  let page: Page
  let sale: Schema<'Transaction'>
  let lonely: string

  beforeAll(async () => {
    stage = await openStage()
    const { client } = stage
    const accountId = dataOf(await client.POST('/accounts', { body: { name: 'Depot', currency: 'EUR' } })).id
    dataOf(await client.POST('/portfolios', { body: { name: 'Main', baseCurrency: 'EUR', accountIds: [accountId] } }))
    const instrumentId = dataOf(await client.POST('/instruments', { body: { name: 'Acme', currency: 'EUR' } })).id
    const record = async (body: Schema<'NewTransaction'>, into = accountId) =>
      dataOf(await client.POST('/accounts/{accountId}/transactions', { params: { path: { accountId: into } }, body })).transaction
    await record({ kind: 'deposit', date: '2025-01-02', amount: '5000' })
    await record({ kind: 'buy', date: '2025-01-06', instrumentId, quantity: '6', price: '100' })
    sale = await record({
      ...{ kind: 'sell', date: '2025-03-03', instrumentId, quantity: '4', price: '125' },
      charges: [
        { kind: 'fee', amount: '3', currency: 'EUR', note: 'broker' },
        { kind: 'tax', amount: '2', currency: 'EUR' },
      ],
    })
    await record({ kind: 'dividend', date: '2025-04-01', instrumentId, amount: '7', state: 'draft' })
    lonely = dataOf(await client.POST('/accounts', { body: { name: 'Drawer', currency: 'EUR' } })).id
    await record({ kind: 'deposit', date: '2025-01-02', amount: '250' }, lonely)
    browser = await openBrowser()
    guest = await visit(browser, stage.url, { viewport })
    page = guest.page
  })
  afterAll(async () => {
    await guest.close()
    await browser.close()
    await stage.stop()
  })

  const fact = (name: string) => page.locator('.stated-facts > div').filter({ has: page.getByText(name, { exact: true }) })

  test('the journal leads to all that was stated, to the lots, and to the purchase behind them', async () => {
    await page.goto('/transactions')
    await settled(page)
    await page.locator('tbody tr').filter({ hasText: 'Sell' }).getByRole('link', { name: /^Sell/ }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Sell · Acme' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/transactions/${sale.id}`)
    expect(await fact('Units').innerText()).toContain('4')
    expect(await fact('Cash').innerText()).toContain('+495.00 EUR')
    expect(await page.locator('.stated-one .changes').innerText()).toContain('broker')
    const took = page.getByRole('table', { name: 'Lots it took of' })
    // 500 less the fee of 3, for a cost of 400: a gain is told before tax.
    expect(await took.innerText()).toContain('+97.00')
    await took.getByRole('link', { name: 'Lot of 6 Jan 2025' }).click()
    await page.getByRole('heading', { level: 1, name: 'Buy · Acme' }).waitFor()
    const began = page.getByRole('table', { name: 'Lot it began' })
    await began.getByRole('link', { name: /4 · 3 Mar 2025/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Sell · Acme' }).waitFor()
    await page.getByRole('link', { name: 'All lots of the instrument' }).click()
    await page.getByRole('table', { name: 'Lots' }).waitFor()
  })

  test('a correction says why; what stood before is a step away', async () => {
    await page.goto(`/transactions/${sale.id}`)
    await page.getByRole('button', { name: 'Correct' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Price per unit').fill('130')
    await form.getByLabel('Gross amount').fill('')
    await form.getByLabel('Why (stands in the history)').fill('the statement came late')
    await form.getByRole('button', { name: 'Record the correction' }).click()
    await page.getByText('Reason: the statement came late').waitFor()
    expect(new URL(page.url()).pathname).not.toBe(`/transactions/${sale.id}`)
    expect(await fact('Gross amount').innerText()).toContain('520.00 EUR')
    await page.getByRole('link', { name: 'See the version before' }).click()
    await page.getByText('It is void and does not count').waitFor()
    expect(await page.getByRole('button', { name: 'Reinstate' }).count()).toBe(0)
    await page.getByRole('link', { name: 'See what stands in its place' }).click()
    await page.getByRole('button', { name: 'Void', exact: true }).waitFor()
  })

  test('a void says why, and comes back', async () => {
    await page.getByRole('button', { name: 'Void', exact: true }).click()
    await page.getByLabel('Why (stands in the history)').fill('booked twice')
    await page.getByRole('button', { name: 'Void it' }).click()
    await page.getByText('It is void and does not count: booked twice.').waitFor()
    await settled(page)
    await page.getByRole('button', { name: 'Reinstate' }).click()
    await page.getByRole('button', { name: 'Void', exact: true }).waitFor()
    await page.getByText('Recorded again').waitFor()
    expect(await page.getByText('Reason: booked twice').count()).toBe(1)
  })

  test('a draft is posted from its page', async () => {
    await page.goto('/transactions')
    await settled(page)
    await page
      .locator('tbody tr')
      .filter({ hasText: 'Dividend' })
      .getByRole('link', { name: /^Dividend/ })
      .first()
      .click()
    await page.getByText('A draft: it does not count yet.').waitFor()
    await page.getByRole('button', { name: 'Post' }).click()
    await page.getByText('A draft: it does not count yet.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Correct' }).waitFor()
  })

  test('an address that leads nowhere says so', async () => {
    await page.goto('/transactions/01a00000-0000-7000-8000-00000000dead')
    await page.getByRole('alert').waitFor()
  })

  test('an account in no portfolio shows what it is worth', async () => {
    await page.goto(`/accounts/${lonely}`)
    await page.getByText('Value of the account').waitFor()
    expect(await page.locator('tfoot').first().innerText()).toContain('250.00')
  })
})
