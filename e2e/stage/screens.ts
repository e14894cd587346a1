import type { Schema } from '@pe/sdk/client.ts'
import type { Page } from 'playwright-core'
import type { Furnished } from './furnish.ts'
import { dropOn, settled } from './page.ts'

/** A screen as a person comes to see it. */
export interface Screen {
  readonly name: string
  readonly path: string
  /** What the server answers otherwise, this once. */
  readonly otherwise?: (page: Page) => Promise<void>
  /** What the person does there. */
  readonly act?: (page: Page) => Promise<void>
}

/** What the screens show: a portfolio, and imports in each of their states. */
export interface Shown extends Furnished {
  readonly portfolioId: string
  /** Address parts that choose the period. */
  readonly period: string
  readonly previewId: string
  readonly faultyId: string
  readonly mappingId: string
  readonly recordedId: string
}

/** Goes there as a person would, until nothing moves any more. */
export async function show(page: Page, { path, otherwise, act }: Screen): Promise<void> {
  await page.unrouteAll()
  await otherwise?.(page)
  await page.goto(path)
  await settled(page)
  await act?.(page)
  await settled(page)
}

/** What every name is before there is a book. */
export const nothingShown: Shown = {
  ...{ portfolioId: '', period: '', previewId: '', faultyId: '', mappingId: '', recordedId: '' },
  ...{ accountId: '', account: '', instrument: '', taxonomyId: '', emptyPortfolioId: '', emptyAccountId: '' },
}

/** Every screen there is. */
export function screens(shown: Shown): Screen[] {
  const { portfolioId, period, previewId, faultyId, mappingId, recordedId } = shown
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
    ...oneTransaction(about),
    { name: 'settings', path: `/settings?${about}` },
    ...bookOfRecord(shown, about),
    { name: 'portfolios', path: `/portfolios?${about}` },
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
    ...wholeBook(about),
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

/** A transaction on a page of its own: a purchase with its lot, one that waits for a review, and what asks before it is voided. */
function oneTransaction(about: string): Screen[] {
  const open = async (page: Page, review: boolean) => {
    const rows = page.locator('tbody tr').filter({ hasText: 'Buy' })
    const row = review ? rows.filter({ hasText: 'Needs review' }) : rows.filter({ hasNotText: 'Needs review' })
    await row.first().getByRole('link', { name: /^Buy/ }).first().click()
    await page.locator('.acts li').first().waitFor()
  }
  const path = `/transactions?${about}`
  return [
    { name: 'transaction', path, act: (page) => open(page, false) },
    { name: 'transaction-review', path, act: (page) => open(page, true) },
    {
      name: 'transaction-void',
      path,
      act: async (page) => {
        await open(page, false)
        await page.getByRole('button', { name: 'Void', exact: true }).click()
        await page.getByRole('button', { name: 'Void it' }).waitFor()
      },
    },
  ]
}

/** What leaves as files; the book itself as such a file, which an instance that has one refuses. */
function wholeBook(about: string): Screen[] {
  const path = `/import?${about}`
  return [
    {
      name: 'export-menu',
      path: `/transactions?${about}`,
      act: async (page) => {
        await page.getByRole('button', { name: 'Export', exact: true }).click()
        await page.getByRole('link', { name: 'Whole book' }).waitFor()
      },
    },
    { name: 'import-book', path, act: dropBook },
    {
      name: 'import-book-refused',
      path,
      act: async (page) => {
        await takeBook(page)
        await page.getByRole('alert').waitFor()
      },
    },
  ]
}

/** A book that was taken in; `answered` is what the server said when it was. */
export function bookTaken(answered: Schema<'ImportedBook'>): Screen {
  return {
    name: 'import-book-taken',
    path: '/import',
    otherwise: (page) => answering(page, '**/api/v1/import/book', 200, answered),
    act: async (page) => {
      await takeBook(page)
      await page.getByText('The book is here').waitFor()
    },
  }
}

async function dropBook(page: Page): Promise<void> {
  const text = await (await page.request.get('/api/v1/export/book.json')).text()
  await dropOn(page.locator('.drop'), [{ name: 'book.json', text }])
  await page.getByRole('button', { name: 'Take the book in' }).waitFor()
}

async function takeBook(page: Page): Promise<void> {
  await dropBook(page)
  await page.getByRole('button', { name: 'Take the book in' }).click()
}

/** Accounts, plans, trees and actions; what opens over the journal; and each new screen with nothing to show and without an answer. */
function bookOfRecord({ accountId, account, instrument, taxonomyId, emptyPortfolioId, emptyAccountId }: Shown, about: string): Screen[] {
  const nothing = `portfolio=${emptyPortfolioId}`
  const pages = [
    { name: 'realised-gains', path: '/gains', asked: '**/api/v1/portfolios/*/realised-gains?*' },
    { name: 'lots', path: '/lots', asked: '**/api/v1/portfolios/*/lots?*' },
    { name: 'cash', path: '/cash', asked: '**/api/v1/portfolios/*/{holdings,performance}?*' },
    { name: 'plans', path: '/plans', asked: '**/api/v1/plans?*' },
    { name: 'taxonomies', path: '/taxonomies', asked: '**/api/v1/taxonomies?*' },
    { name: 'actions', path: '/actions', asked: '**/api/v1/action-applications?*' },
    { name: 'transactions-sheet', path: '/transactions/sheet', asked: '**/api/v1/transactions?*' },
  ]
  return [
    { name: 'plans', path: `/plans?${about}` },
    {
      name: 'plan-form',
      path: `/plans?${about}`,
      act: (page) => page.locator('main').getByRole('button', { name: 'Change' }).first().click(),
    },
    { name: 'taxonomies', path: `/taxonomies?${about}&taxonomy=${taxonomyId}` },
    { name: 'actions', path: `/actions?${about}` },
    { name: 'corporate-action-preview', path: `/actions?${about}&new=1`, act: (page) => previewSplit(page, instrument) },
    { name: 'account', path: `/accounts/${accountId}?${about}` },
    {
      name: 'transaction-history',
      path: `/transactions?${about}`,
      act: async (page) => {
        const posted = page.locator('tbody tr').filter({ hasNotText: 'Needs review' })
        await posted.getByRole('button', { name: 'History', exact: true }).first().click()
        await page.getByRole('dialog').getByRole('listitem').first().waitFor()
      },
    },
    {
      name: 'transaction-drawer',
      path: `/transactions?${about}`,
      act: async (page) => {
        await page.getByRole('button', { name: 'Correct', exact: true }).first().click()
        await page.getByRole('dialog').getByRole('button', { name: 'Record the correction' }).waitFor()
      },
    },
    { name: 'lots-choice', path: `/transactions?${about}&new=1`, act: (page) => chooseLots(page, account, instrument) },
    {
      name: 'sheet-refused',
      path: `/transactions/sheet?${about}`,
      act: async (page) => {
        const cells = ['2026-01-05', 'Sell', account, instrument, '999999', '1', '', 'EUR']
        await pasteRow(page, cells)
        await page.getByRole('status').getByText('refuses').waitFor()
      },
    },
    ...pages.map(({ name, path }) => ({
      name: `${name}-empty`,
      path: `${path}?${nothing}`,
      // Trees belong to nobody's portfolio: an empty one has them too.
      ...(name === 'taxonomies'
        ? { otherwise: (page: Page) => answering(page, '**/api/v1/taxonomies?*', 200, { items: [], next: null }) }
        : {}),
    })),
    { name: 'account-empty', path: `/accounts/${emptyAccountId}?${nothing}` },
    ...[...pages, { name: 'account', path: `/accounts/${accountId}`, asked: '**/api/v1/accounts/*' }].map(({ name, path, asked }) => ({
      name: `${name}-error`,
      path: `${path}?${about}`,
      otherwise: (page: Page) => answering(page, asked, 500, outOfOrder),
      act: (page: Page) => page.getByRole('alert').first().waitFor(),
    })),
  ]
}

const outOfOrder = {
  ...{ type: 'urn:portfolioengine:problem:internal', title: 'Internal error', status: 500, code: 'internal' },
  requestId: '0198c7a4b2d17c1e',
}

async function answering(page: Page, asked: string, status: number, body: unknown): Promise<void> {
  const contentType = status === 200 ? 'application/json' : 'application/problem+json'
  await page.route(asked, (route) => route.fulfill({ status, contentType, body: JSON.stringify(body) }))
}

async function chooseLots(page: Page, account: string, instrument: string): Promise<void> {
  const form = page.getByRole('dialog')
  await form.getByLabel('Kind').selectOption({ label: 'Sell' })
  await form.getByLabel('Account').first().selectOption({ label: account })
  await form.getByLabel('Instrument').fill(instrument)
  await form.getByLabel('Units').first().fill('1')
  await form.getByLabel('Price per unit').fill('125')
  await form.getByText('Choose lots').click()
  const lot = form.getByLabel(/^Units of the lot/).first()
  await lot.fill('1')
  await form.getByText('Expected gain').scrollIntoViewIfNeeded()
}

/** Two for one: nothing is applied yet. */
async function previewSplit(page: Page, instrument: string): Promise<void> {
  await page.getByLabel('Instrument').fill(instrument)
  await page.getByLabel('Units after').fill('2')
  await page.getByLabel('for units before').fill('1')
  await page.getByRole('button', { name: 'See what it does' }).click()
  await page.locator('.effect').first().waitFor()
}

/** As a person pastes from a spreadsheet, at the first cell. */
async function pasteRow(page: Page, cells: readonly string[]): Promise<void> {
  const grid = page.getByRole('grid')
  await grid.getByRole('gridcell').first().click()
  await grid.evaluate((element, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, cells.join('\t'))
}
