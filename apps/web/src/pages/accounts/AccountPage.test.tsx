import '../../testing/browser-parts.ts'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { account, accountId, holdings } from '../../testing/sample-book.ts'

test('what an account holds is told for the end of the period in view, as it was known', async () => {
  const positions = {
    costMethod: 'fifo',
    lotScope: 'account',
    positions: [],
    cash: [{ accountId, balance: { amount: '7', currency: 'EUR' } }],
  }
  const { asked } = await renderApp(`/accounts/${accountId}?from=2014-12-31&to=2015-02-01&known=2016-03-31`, {
    [`/accounts/${accountId}`]: () => account,
    [`/accounts/${accountId}/positions`]: (url) => ({ ...positions, asOf: url.searchParams.get('asOf') ?? '2026-11-20' }),
    [`/accounts/${accountId}/performance`]: () => ({ closingValue: { amount: '7', currency: 'EUR' } }),
    '/portfolios/01a00000-0000-7000-8000-000000000001/holdings': () => holdings,
  })
  const held = (await screen.findByRole('heading', { name: 'What it holds' }, { timeout: 15_000 })).parentElement
  expect(held?.textContent).toContain('1 Feb 2015')
  const figures = asked.filter((request) => /positions|holdings|performance/.test(request))
  expect(figures.length).toBeGreaterThan(1)
  for (const request of figures) expect(request).toMatch(/2015-02-01.*knownAt=2016-03-31|knownAt=2016-03-31.*2015-02-01/)
})
