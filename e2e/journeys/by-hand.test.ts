import { dataOf } from '@pe/sdk/problem-error.ts'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { recordText } from '../stage/hand-in.ts'
import { ownBook, ownPrices } from '../stage/own-files.ts'
import { settled, visit } from '../stage/page.ts'
import { openStage, type Stage } from '../stage/server.ts'

/** What a person does without a file: records, corrects, voids, takes it back; hides amounts, searches, reads German, reads at night. */
describe('by hand', () => {
  let browser: Browser
  let stage: Stage
  let guest: Awaited<ReturnType<typeof visit>>
  let page: Page
  let portfolioId: string

  beforeAll(async () => {
    stage = await openStage()
    portfolioId = (await recordText(stage.client, ownBook, 'Family')).portfolioId ?? ''
    await recordText(stage.client, ownPrices)
    browser = await openBrowser()
    guest = await visit(browser, stage.url)
    page = guest.page
  })
  afterAll(async () => {
    await guest.close()
    await browser.close()
    await stage.stop()
  })

  test('a deposit is recorded, and the toast can take it back', async () => {
    await page.goto('/transactions')
    await recordDeposit('1234.50', 'gift')
    await page.getByText('Deposit is recorded').waitFor()
    expect(await posted('gift')).toEqual(['1234.5'])
    await toast().getByRole('button', { name: 'Undo' }).click()
    await rowOf('gift').waitFor({ state: 'detached' })
    expect(await posted('gift')).toEqual([])
  })

  test('a correction voids the first and puts another in its place; its toast brings the first one back', async () => {
    await page.goto('/transactions')
    await recordDeposit('100', 'bonus')
    await rowOf('bonus').getByRole('button', { name: 'Correct' }).click()
    await drawer().getByLabel('Gross amount').fill('150')
    await drawer().getByRole('button', { name: 'Record the correction' }).click()
    await page.getByText('The correction is recorded').waitFor()
    expect(await posted('bonus')).toEqual(['150'])
    await toast().getByRole('button', { name: 'Undo' }).click()
    await rowOf('bonus').getByText('+100.00').waitFor()
    expect(await posted('bonus')).toEqual(['100'])
  })

  test('a transaction is voided by its cross, and reinstated by the toast', async () => {
    await page.goto('/transactions')
    await rowOf('bonus').getByRole('button', { name: 'Void' }).click()
    await page.getByText('The transaction is void').waitFor()
    expect(await posted('bonus')).toEqual([])
    await toast().getByRole('button', { name: 'Undo' }).click()
    await rowOf('bonus').waitFor()
    expect(await posted('bonus')).toEqual(['100'])
  })

  test('a sale beyond the position is refused in words, and nothing is recorded', async () => {
    await page.goto('/transactions?new=1')
    await drawer().getByLabel('Kind').selectOption({ label: 'Sell' })
    await drawer().getByLabel('Instrument').fill('Acme')
    await drawer().getByLabel('Units').fill('500')
    await drawer().getByLabel('Price per unit').fill('120')
    await drawer().getByLabel('Note').fill('too many')
    await drawer().getByRole('button', { name: 'Record' }).click()
    await drawer()
      .getByRole('alert')
      .getByText(/holds 6 units of Acme, and 500 would leave/)
      .waitFor()
    expect(await posted('too many')).toEqual([])
  })

  test('the eye hides amounts, then scrambles them, then shows them again', async () => {
    await page.goto('/?from=2024-02-29&to=2024-06-28')
    const headline = page.locator('.headline .xl').getByRole('button')
    const before = await headline.innerText()
    expect(before).toMatch(/10.?330\.00/)
    const eye = page.getByRole('button', { name: /^Amounts are/ })
    await eye.click()
    expect(await headline.innerText()).not.toMatch(/\d/)
    await page.locator('.kpis').getByText('%').first().waitFor()
    await eye.click()
    const scrambled = await headline.innerText()
    expect(scrambled).toMatch(/\d/)
    expect(scrambled).not.toBe(before)
    await page.getByText('Amounts on this screen are scrambled').waitFor()
    await eye.click()
    expect(await headline.innerText()).toBe(before)
  })

  test('⌘K goes to a place', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox').fill('hold')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/holdings/)
    expect(page.url()).toContain('from=2024-02-29')
  })

  test('German is spoken when it is chosen, and kept', async () => {
    await page.getByRole('button', { name: /account and sign-out/ }).click()
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { name: 'Bestände' }).waitFor()
    await page.goto('/?from=2024-02-29&to=2024-06-28')
    await page.getByRole('link', { name: 'Übersicht' }).waitFor()
    expect(await page.locator('.headline .xl').getByRole('button').innerText()).toMatch(/10.?330,00/)
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.getByRole('button', { name: /Konto und Abmelden/ }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('link', { name: 'Home' }).waitFor()
  })

  test('dark is dark, and kept', async () => {
    const lightness = () =>
      page.evaluate(() => {
        const [red = 0, green = 0, blue = 0] = (getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? []).map(Number)
        return (red + green + blue) / 3
      })
    expect(await lightness()).toBeGreaterThan(200)
    await page.getByRole('button', { name: 'Change to dark' }).click()
    await expect.poll(lightness).toBeLessThan(60)
    await page.reload()
    await page.getByRole('button', { name: 'Change to light' }).waitFor()
    expect(await lightness()).toBeLessThan(60)
  })

  test('a server that fails or is silent is told in words, with a way on', async () => {
    await page.route('**/api/v1/**/performance**', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'urn:portfolioengine:problem:internal',
          title: 'Internal',
          status: 500,
          code: 'internal',
          requestId: 'abc123',
        }),
      }),
    )
    await page.goto('/?from=2024-02-29&to=2024-05-31')
    await page.getByText('Something went wrong on the server.').waitFor()
    await page.getByText('Reference abc123').waitFor()
    await page.unroute('**/api/v1/**/performance**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('.headline .xl').getByRole('button').waitFor()

    await page.route('**/api/v1/**', (route) => route.abort())
    await page.goto('/?from=2024-02-29&to=2024-04-30')
    await page.getByText('The server does not answer.').first().waitFor()
    await page.unroute('**/api/v1/**')
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.locator('.headline .xl').getByRole('button').waitFor()
  })

  const drawer = (): Locator => page.getByRole('dialog')
  const toast = (): Locator => page.locator('.toast')
  const rowOf = (note: string): Locator => page.getByRole('row').filter({ hasText: note })

  async function recordDeposit(amount: string, note: string): Promise<void> {
    await page.getByRole('button', { name: 'New', exact: true }).click()
    await drawer().getByLabel('Kind').selectOption({ label: 'Deposit' })
    await drawer().getByLabel('Date').fill('2024-02-01')
    await drawer().getByLabel('Gross amount').fill(amount)
    await drawer().getByLabel('Note').fill(note)
    await drawer().getByRole('button', { name: 'Record' }).click()
    await rowOf(note).waitFor()
    await settled(page)
  }

  /** Amounts of the posted transactions with this note, as the API has them. */
  async function posted(note: string): Promise<string[]> {
    const query = { portfolioId, text: note, state: 'posted' as const }
    return dataOf(await stage.client.GET('/transactions', { params: { query } })).items.map(({ amount }) => amount)
  }
})
