import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { sessionAt } from './owner.ts'

export const desktop = { width: 1440, height: 900 } as const
export const phone = { width: 390, height: 844 } as const

export interface Visit {
  readonly viewport?: { width: number; height: number }
  readonly theme?: 'light' | 'dark'
  /** The owner, unless nobody is to be signed in. */
  readonly signedIn?: boolean
}

/** A visitor who reads English, with an empty browser but for the owner's session; what the page threw is thrown again by `close`. */
export async function visit(browser: Browser, url: string, { viewport = desktop, theme = 'light', signedIn = true }: Visit = {}) {
  const context = await browser.newContext({
    viewport,
    locale: 'en-GB',
    colorScheme: theme,
    reducedMotion: 'reduce',
    hasTouch: viewport.width < 760,
    baseURL: url,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  if (signedIn) await signIn(context, url)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const thrown: Error[] = []
  page.on('pageerror', (error) => thrown.push(error))
  return {
    page,
    context,
    async close() {
      await context.close()
      if (thrown[0]) throw thrown[0]
    },
  }
}

/** Makes the owner of a server the one who looks. Cookies know no ports: they are signed in at one server of this machine at a time. */
export async function signIn(context: BrowserContext, url: string): Promise<void> {
  await context.addCookies([{ name: 'session', value: await sessionAt(url), url, httpOnly: true, sameSite: 'Lax' }])
}

/** Nothing waits for the server any more, and nothing that is shown is on its way out. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
}

/** The number in a figure as written for English eyes: '+4 187.94 EUR' is 4187.94. */
export async function numberIn(figure: Locator): Promise<number> {
  const text = (await figure.innerText()).replace('\u2212', '-')
  const digits = text.replace(/[^\d.-]/g, '')
  return digits === '' ? Number.NaN : Number(digits)
}

/** Lets go of files over an element, as a hand does: the browser gets them in a DataTransfer. */
export async function dropOn(target: Locator, files: readonly { name: string; text: string }[]): Promise<void> {
  const page = target.page()
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer()
    for (const { name, text } of dropped) data.items.add(new File([text], name))
    return data
  }, files)
  await target.dispatchEvent('dragover', { dataTransfer: transfer })
  await target.dispatchEvent('drop', { dataTransfer: transfer })
}
