import { dataOf } from '@pe/sdk/problem-error.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { settled, visit } from '../stage/page.ts'
import { openStage, type Stage } from '../stage/server.ts'

/** A plan is changed, ended and taken up again; what it brought stays. */
describe('a plan', () => {
  let browser: Browser
  let stage: Stage
  let guest: Awaited<ReturnType<typeof visit>>
  let page: Page

  beforeAll(async () => {
    stage = await openStage()
    const { client } = stage
    const accountId = dataOf(await client.POST('/accounts', { body: { name: 'Giro', currency: 'EUR' } })).id
    dataOf(await client.POST('/portfolios', { body: { name: 'Main', baseCurrency: 'EUR', accountIds: [accountId] } }))
    const { today } = dataOf(await client.GET('/about'))
    const rhythm = { rhythm: 'monthly', day: Number(today.slice(8)), dayRule: 'as-scheduled', from: today } as const
    dataOf(await client.POST('/plans', { body: { ...rhythm, name: 'Custody', kind: 'fee', accountId, amount: '9.90' } }))
    browser = await openBrowser()
    guest = await visit(browser, stage.url)
    page = guest.page
  })
  afterAll(async () => {
    await guest.close()
    await browser.close()
    await stage.stop()
  })

  const plan = async () => dataOf(await stage.client.GET('/plans', { params: { query: {} } })).items[0]
  const change = () => page.getByRole('button', { name: 'Change Custody' }).click()
  const save = async () => {
    await page.getByRole('button', { name: 'Change it' }).click()
    await page.getByRole('button', { name: 'Change it' }).waitFor({ state: 'detached' })
    await settled(page)
  }

  test('is changed, ended, and goes on', async () => {
    await page.goto('/plans')
    await change()
    await page.getByLabel('Amount in EUR').fill('0')
    await page.getByRole('button', { name: 'Change it' }).click()
    await page.getByRole('alert').waitFor()
    expect(await plan()).toMatchObject({ amount: '9.9', version: 1 })
    await page.getByLabel('Amount in EUR').fill('12.50')
    await save()
    expect(await plan()).toMatchObject({ amount: '12.5', drafted: 1, until: null })

    await change()
    await page.getByRole('button', { name: 'End it today' }).click()
    await page
      .getByRole('row', { name: /Custody/ })
      .getByText('ended')
      .waitFor()
    expect(await plan()).toMatchObject({ amount: '12.5', drafted: 1, nextDue: null })

    await change()
    await page.getByLabel('Until (if it ends)').fill('')
    await save()
    expect((await plan())?.nextDue).not.toBeNull()
  })
})
