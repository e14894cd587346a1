import type { Page } from 'playwright-core'

/** A screen as a person comes to see it. */
export interface Screen {
  readonly name: string
  readonly path: string
  /** What the person does there. */
  readonly act?: (page: Page) => Promise<void>
}

/** What the screens show: a portfolio, and imports in each of their states. */
export interface Shown {
  readonly portfolioId: string
  /** Address parts that choose the period. */
  readonly period: string
  readonly previewId: string
  readonly faultyId: string
  readonly mappingId: string
  readonly recordedId: string
}

/** Every screen there is. */
export function screens({ portfolioId, period, previewId, faultyId, mappingId, recordedId }: Shown): Screen[] {
  const about = `portfolio=${portfolioId}${period ? `&${period}` : ''}`
  return [
    { name: 'home', path: `/?${about}` },
    { name: 'holdings', path: `/holdings?${about}` },
    { name: 'performance', path: `/performance?${about}` },
    { name: 'transactions', path: `/transactions?${about}` },
    {
      name: 'transaction-form',
      path: `/transactions?${about}&new=1`,
      act: (page) => page.getByRole('dialog').getByRole('button', { name: 'Record' }).waitFor(),
    },
    {
      name: 'corporate-action',
      path: `/actions?${about}&new=1`,
      act: (page) => page.getByRole('button', { name: 'See what it does' }).waitFor(),
    },
    { name: 'transactions-sheet', path: `/transactions/sheet?${about}`, act: (page) => page.getByRole('grid').waitFor() },
    { name: 'realised-gains', path: `/gains?${about}` },
    { name: 'lots', path: `/lots?${about}` },
    { name: 'cash', path: `/cash?${about}` },
    { name: 'plans', path: `/plans?${about}` },
    { name: 'portfolios', path: `/portfolios?${about}` },
    { name: 'taxonomies', path: `/taxonomies?${about}` },
    { name: 'import', path: `/import?${about}` },
    {
      name: 'import-preview',
      path: `/import?${about}&import=${previewId}`,
      act: (page) => page.locator('main table tbody tr').first().waitFor(),
    },
    {
      name: 'import-errors',
      path: `/import?${about}&import=${faultyId}`,
      act: (page) => page.locator('main table tbody tr').first().waitFor(),
    },
    {
      name: 'import-mapping',
      path: `/import?${about}&import=${mappingId}`,
      act: (page) => page.locator('main table tbody tr').first().waitFor(),
    },
    { name: 'import-recorded', path: `/import?${about}&import=${recordedId}`, act: (page) => page.locator('.post').waitFor() },
    {
      name: 'explain',
      path: `/performance?${about}`,
      act: async (page) => {
        await page.locator('.headline .xl').getByRole('button').click()
        await page.getByRole('dialog').getByText('Copy').waitFor()
      },
    },
    {
      name: 'palette',
      path: `/?${about}`,
      act: async (page) => {
        await page.locator('.headline .xl').waitFor()
        await page.keyboard.press('ControlOrMeta+k')
        await page.getByRole('combobox').waitFor()
      },
    },
  ]
}
