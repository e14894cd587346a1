import { dataOf } from '@pe/sdk/problem-error.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { recordText } from '../stage/hand-in.ts'
import { ownBook, ownPrices } from '../stage/own-files.ts'
import { numberIn, settled, visit } from '../stage/page.ts'
import { openStage, type Stage } from '../stage/server.ts'

/** A tree is made, holdings are sorted into it in parts, a branch is removed, and nothing is lost on the way. */
describe('a taxonomy', () => {
  let browser: Browser
  let stage: Stage
  let guest: Awaited<ReturnType<typeof visit>>
  let page: Page

  beforeAll(async () => {
    stage = await openStage()
    await recordText(stage.client, ownBook, 'Family')
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

  const line = (name: string) => page.locator('main tr').filter({ hasText: name })
  const valueIn = async (name: string) => numberIn(line(name).getByRole('cell').nth(2))
  const add = async (name: string) => {
    await page.getByRole('button', { name: 'Add a classification' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('button', { name: 'Save' }).click()
    await line(name).waitFor()
  }

  test('is made, sorts what is held in parts, and gives back what it sorted', async () => {
    await page.goto('/taxonomies?to=2024-06-28')
    await page.getByPlaceholder('Asset classes').fill('By branch')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByText('This taxonomy has no classifications yet').waitFor()
    await add('Technology')
    await add('Banks')

    await page.getByRole('button', { name: 'Sort Acme' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: 'Add a classification' }).click()
    await drawer.getByLabel('Percent in Technology').fill('101')
    await drawer.getByText('too much').waitFor()
    expect(await drawer.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await drawer.getByLabel('Percent in Technology').fill('60')
    await drawer.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Acme is sorted').waitFor()
    await settled(page)

    // Six are held, at 120: 60 % of 720, and 40 % stay unclassified.
    expect(await valueIn('Technology')).toBe(432)
    const [tree] = dataOf(await stage.client.GET('/taxonomies', { params: { query: {} } })).items
    const taxonomy = dataOf(await stage.client.GET('/taxonomies/{taxonomyId}', { params: { path: { taxonomyId: tree?.id ?? '' } } }))
    expect(taxonomy.assignments.map(({ kind, weight }) => [kind, Number(weight)])).toEqual([['instrument', 60]])
    await page.getByText('40.00 % of it').waitFor()

    await page.getByRole('button', { name: 'Remove taxonomy' }).click()
    await page.getByRole('dialog').or(page.locator('.tax-form')).getByRole('button', { name: 'Remove taxonomy' }).last().click()
    await page.getByText('There is no taxonomy yet').waitFor()
    expect(dataOf(await stage.client.GET('/taxonomies', { params: { query: {} } })).items).toEqual([])
  })
})
