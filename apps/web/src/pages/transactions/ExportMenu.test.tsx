import '../../testing/browser-parts.ts'
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { portfolioId } from '../../testing/sample-book.ts'

test('the journal leaves in every format, and the whole book with it', async () => {
  await renderApp('/transactions', { '/transactions': () => ({ items: [], next: null }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Export' }, { timeout: 15_000 }))
  const menu = await screen.findByRole('dialog', { name: 'Export' }, { timeout: 15_000 })
  const links = within(menu).getAllByRole<HTMLAnchorElement>('link')
  const ofPortfolio = `/api/v1/portfolios/${portfolioId}/export?format=`
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    ...['csv', 'json', 'ghostfolio', 'beancount'].map((format) => `${ofPortfolio}${format}`),
    '/api/v1/export/book.json',
  ])
  expect(links.every((link) => link.hasAttribute('download'))).toBe(true)
})
