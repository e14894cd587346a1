import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../../e2e/stage/browser.ts'
import { furnish } from '../../e2e/stage/furnish.ts'
import { previewText, recordText, takeIn } from '../../e2e/stage/hand-in.ts'
import { faultyBook, ownBook, ownPrices, unknownColumns } from '../../e2e/stage/own-files.ts'
import { desktop, phone, visit } from '../../e2e/stage/page.ts'
import { bookTaken, type Screen, screens, show } from '../../e2e/stage/screens.ts'
import { openStage, type Stage } from '../../e2e/stage/server.ts'
import { sharedFile, sharedIsThere } from '../../e2e/stage/shared-files.ts'
import { longBook } from './long-book.ts'

/**
 * Pictures of every screen into docs/screenshots, desktop and phone, light and dark: of an empty book, of an imported file, of a book
 * of 10,000 rows and of the demo. Words narrow it to screens whose name begins so.
 */
const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const only = process.argv.slice(2)
const looks = [
  { device: 'desktop', viewport: desktop, theme: 'light' },
  { device: 'desktop', viewport: desktop, theme: 'dark' },
  { device: 'phone', viewport: phone, theme: 'light' },
  { device: 'phone', viewport: phone, theme: 'dark' },
] as const
/** Pictures are part of the repository: larger ones say so. */
const largest = 200_000

mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
const stage = await openStage()
try {
  await take(browser, stage, [{ name: 'home-empty', path: '/' }])
  await take(browser, stage, await anImportedFile(stage))
  if (wants('import-book-taken')) await takenElsewhere(browser, stage)
  if (wants('long-')) await take(browser, stage, await tenThousandRows(stage))
} finally {
  await stage.stop()
}
if (wants('demo-')) {
  const demo = await openStage({ demo: true })
  try {
    await bookIsThere(demo)
    await take(browser, demo, [{ name: 'demo-home', path: '/?period=MAX' }], false)
    await take(browser, demo, [{ name: 'demo-performance', path: '/performance?period=MAX' }], false)
  } finally {
    await demo.stop()
  }
}
await browser.close()

/** A server is ready before the demo's book is made: a picture taken then shows none. */
async function bookIsThere({ client }: Stage): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { data } = await client.GET('/portfolios')
    if (data?.items.some(({ transactionCount }) => transactionCount > 0)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the demo has no book after half a minute')
}

/** Books that nobody asked a picture of need not be made. */
function wants(start: string): boolean {
  return only.length === 0 || only.some((word) => word.startsWith(start) || start.startsWith(word))
}

/** The currency sample where it is there, else files of our own; with a preview, a faulty file and one of unknown columns. */
async function anImportedFile({ client }: Stage): Promise<Screen[]> {
  const text = (name: string) => readFileSync(sharedFile(`samples/portfolio-performance/${name}`), 'utf8')
  const book = sharedIsThere ? { name: 'currency_sample.xml', text: text('currency_sample.xml') } : ownBook
  const market = sharedIsThere ? { name: 'ecb-rates.csv', text: text('ecb-rates.csv') } : ownPrices
  const period = sharedIsThere ? 'from=2014-12-31&to=2015-08-10' : 'from=2024-01-01&to=2024-06-28'
  const rates = market === ownPrices ? undefined : await recordText(client, market)
  const recorded = await recordText(client, book, 'Main')
  if (!rates) await recordText(client, market)
  const preview = await previewText(client, { name: `again-${book.name}`, text: book.text }, 'Another')
  const faulty = await previewText(client, faultyBook, 'Main')
  const mapping = await previewText(client, unknownColumns, 'Main')
  return screens({
    ...(await furnish(client, recorded.portfolioId ?? '')),
    portfolioId: recorded.portfolioId ?? '',
    period,
    previewId: preview.id,
    faultyId: faulty.id,
    mappingId: mapping.id,
    recordedId: recorded.id,
  })
}

/** The book of the one is taken into a second, empty instance, which says so once: every picture shows that answer. */
async function takenElsewhere(eyes: Browser, { client }: Stage): Promise<void> {
  const elsewhere = await openStage()
  try {
    const { data: book } = await client.GET('/export/book.json', { parseAs: 'blob' })
    await take(eyes, elsewhere, [bookTaken(await takeIn(elsewhere.client, book as unknown as Blob))])
  } finally {
    await elsewhere.stop()
  }
}

async function tenThousandRows({ client }: Stage): Promise<Screen[]> {
  const book = longBook({ rows: 10_000, instruments: 120, years: 8 }, new Date().toISOString().slice(0, 10))
  const recorded = await recordText(client, book.transactions, 'Long')
  await recordText(client, book.prices)
  const preview = await previewText(client, book.transactions, 'Long again')
  const all = screens({
    ...(await furnish(client, recorded.portfolioId ?? '')),
    portfolioId: recorded.portfolioId ?? '',
    period: 'period=MAX',
    previewId: preview.id,
    faultyId: '',
    mappingId: '',
    recordedId: recorded.id,
  })
  const shown = 'home holdings performance transactions transactions-sheet realised-gains lots cash import import-preview'.split(' ')
  const grown =
    'import-book corporate-action-preview account taxonomies transaction transaction-history transaction-drawer lots-choice sheet-refused'.split(
      ' ',
    )
  return all.filter(({ name }) => [...shown, ...grown].includes(name)).map((screen) => ({ ...screen, name: `long-${screen.name}` }))
}

/** The demo stands open: nobody needs to be signed in. */
async function take(eyes: Browser, { url }: Stage, all: readonly Screen[], signedIn = true): Promise<void> {
  const wanted = all.filter(({ name }) => only.length === 0 || only.some((start) => name.startsWith(start)))
  for (const { device, viewport, theme } of looks) {
    const guest = await visit(eyes, url, { viewport, theme, signedIn })
    for (const screen of wanted) {
      await show(guest.page, screen)
      const file = `${screen.name}-${device}-${theme}.png`
      await guest.page.screenshot({ path: `${folder}${file}` })
      const { size } = statSync(`${folder}${file}`)
      console.log(`${file.padEnd(44)} ${Math.round(size / 1000)} KB${size > largest ? ': too large' : ''}`)
    }
    await guest.close()
  }
}
