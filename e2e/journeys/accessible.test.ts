import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type * as Axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../stage/browser.ts'
import { furnish } from '../stage/furnish.ts'
import { previewText, recordText } from '../stage/hand-in.ts'
import { faultyBook, ownBook, ownPrices, unknownColumns, unpricedBook } from '../stage/own-files.ts'
import { desktop, phone, settled, signIn, visit } from '../stage/page.ts'
import { nothingShown, type Screen, screens, show } from '../stage/screens.ts'
import { openStage, type Stage } from '../stage/server.ts'

declare const axe: typeof Axe

const axeItself = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let stage: Stage
let browser: Browser
let shown: Screen[]

beforeAll(async () => {
  stage = await openStage()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await stage.stop()
})

/** axe-core finds nothing on any screen, in either theme, at either width. */
describe.each([
  { device: 'desktop', viewport: desktop, theme: 'light' },
  { device: 'desktop', viewport: desktop, theme: 'dark' },
  { device: 'phone', viewport: phone, theme: 'light' },
  { device: 'phone', viewport: phone, theme: 'dark' },
] as const)('on a $device, $theme', ({ viewport, theme }) => {
  let guest: Awaited<ReturnType<typeof visit>>
  beforeAll(async () => {
    guest = await visit(browser, stage.url, { viewport, theme })
    await guest.context.addInitScript({ content: axeItself })
  })
  afterAll(() => guest.close())

  test('the empty book', async () => {
    const elsewhere = await openStage()
    await signIn(guest.context, elsewhere.url)
    try {
      for (const path of ['/', '/holdings', '/performance', '/transactions', '/import']) {
        await guest.page.goto(`${elsewhere.url}${path}`)
        await settled(guest.page)
        expect(await violations(guest.page), path).toEqual([])
      }
    } finally {
      await signIn(guest.context, stage.url)
      await elsewhere.stop()
    }
  })

  test.each(names())('%s', async (name) => {
    shown ??= await prepared()
    const screen = shown.find((one) => one.name === name)
    if (!screen) throw new Error(`there is no screen ${name}`)
    await show(guest.page, screen)
    expect(await violations(guest.page)).toEqual([])
  })
})

/** One book with prices, one without; imports in each of their states. */
async function prepared(): Promise<Screen[]> {
  const { client } = stage
  const recorded = await recordText(client, ownBook, 'Family')
  await recordText(client, ownPrices)
  const unpriced = await recordText(client, unpricedBook, 'Attic')
  const preview = await previewText(client, { name: 'again.csv', text: ownBook.text }, 'Another')
  const faulty = await previewText(client, faultyBook, 'Family')
  const mapping = await previewText(client, unknownColumns, 'Family')
  const about = { previewId: preview.id, faultyId: faulty.id, mappingId: mapping.id, recordedId: recorded.id }
  const around = { ...about, ...(await furnish(client, recorded.portfolioId ?? '')), period: 'period=MAX' }
  const priced = screens({ ...around, portfolioId: recorded.portfolioId ?? '' })
  const dashes = screens({ ...around, portfolioId: unpriced.portfolioId ?? '' })
  return [...priced, ...dashes.slice(0, 3).map((screen) => ({ ...screen, name: `${screen.name} of unknown value` }))]
}

function names(): string[] {
  const all = screens(nothingShown).map(({ name }) => name)
  return [...all, ...all.slice(0, 3).map((name) => `${name} of unknown value`)]
}

/** What is wrong, where, in one line each. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async (tags) => {
    const { violations: found } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} — ${failureSummary?.split('\n')[1]?.trim() ?? ''}`),
    )
  }, levels)
}
