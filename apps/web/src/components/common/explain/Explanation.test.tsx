import '../../../testing/browser-parts.ts'
import { cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../../testing/RenderedApp.tsx'
import { explainedHoldings, holdings, portfolioId } from '../../../testing/sample-book.ts'

test('a weight is explained by the whole that it is a share of, a part by its name; a drawdown by its peak and trough', async () => {
  await renderApp('/holdings', {
    [`/portfolios/${portfolioId}/holdings`]: (url) => (url.searchParams.get('explain') === 'true' ? explainedHoldings : holdings),
  })
  await screen.findByRole('table', { name: 'Holdings' })
  await userEvent.click(screen.getByRole('button', { name: '91.74' }))
  const drawer = await screen.findByRole('dialog', { name: 'Explain: Weight of Apple' })
  expect(await within(drawer).findByText('Weight = Market value ÷ Value of all that is known')).toBeTruthy()
  await userEvent.click(within(drawer).getByRole('button', { name: 'Value of all that is known' }))
  expect(within(drawer).getByText('Depot, EUR')).toBeTruthy()
  cleanup()
  await renderApp('/performance')
  await userEvent.click(await screen.findByRole('button', { name: '−8.00\u202f%' }))
  const fall = await screen.findByRole('dialog', { name: 'Explain: Max drawdown' })
  expect(await within(fall).findByText('Value at the highest point, 1 Feb 2026')).toBeTruthy()
  expect(fall.textContent).toContain('Lowest point after it, growth of 1001 Mar 2026')
  expect(fall.textContent).toContain('1\u00a0250.00')
})
