import '../../../testing/browser-parts.ts'
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../../testing/RenderedApp.tsx'
import { accountId, portfolioId } from '../../../testing/sample-book.ts'
import { income, purchase } from '../legs.fixture.ts'

const legs = [income, purchase].map((leg) => ({ ...leg, accountId }))
const act = {
  ...{ act: 'recorded', at: '2026-03-03T08:00:00.000Z', by: '00000000-0000-7000-8000-000000000002', reason: null },
  ...{ eventKind: 'dividend-reinvested', transactions: legs, changes: [] },
}
const eur = (amount: string) => ({ amount, currency: 'EUR' })
const lot = {
  ...{ lotId: 'p1', instrumentId: 'n1', instrument: 'Acme', symbol: null, instrumentCurrency: 'EUR', acquiredOn: '2026-03-02' },
  ...{
    cameBy: 'buy',
    unitsBought: '2',
    held: [{ accountId, account: 'Depot Frankfurt', units: '1.5' }],
    units: '1.5',
    cost: eur('157.50'),
  },
  ...{ days: 263, term: 'short' },
  takings: [
    {
      ...{ kind: 'sale', leftBy: 'sell', transactionId: 's1', place: 0, accountId, date: '2026-05-04', units: '0.5' },
      ...{ proceeds: eur('60'), cost: eur('52.5'), gain: eur('7.5'), currencyGain: eur('0') },
    },
  ],
}
const lots = {
  asOf: '2026-11-20',
  currency: 'EUR',
  costMethod: 'fifo',
  lotScope: 'account',
  openCount: 1,
  closedCount: 0,
  items: [lot],
  next: null,
}
const answers = {
  '/transactions/p1': () => legs[1],
  '/transactions/p1/history': () => ({ acts: [act] }),
  '/transactions/i1': () => legs[0],
  '/transactions/i1/history': () => ({ acts: [act] }),
  '/instruments': () => ({ items: [{ id: 'n1', name: 'Acme', symbol: null, currency: 'EUR' }], next: null }),
  [`/portfolios/${portfolioId}/lots`]: () => lots,
}

test('a leg shows what was stated, its event, the lot that it began and its history', async () => {
  const { router } = await renderApp('/transactions/p1', answers)
  expect(await screen.findByRole('heading', { level: 1, name: 'Reinvested dividend · Acme' }, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByText('Price per unit').closest('div')?.textContent).toContain('105.00 EUR')
  expect(screen.getByText('Account', { selector: 'dt' }).closest('div')?.textContent).toContain('Depot Frankfurt')
  const began = await screen.findByRole('table', { name: 'Lot it began' })
  expect(began.textContent).toContain('1.5')
  expect(
    within(began)
      .getByRole('link', { name: /0\.5 · 4 May 2026/ })
      .getAttribute('href'),
  ).toContain('/transactions/s1')
  expect(screen.getByRole('link', { name: 'All lots of the instrument' }).getAttribute('href')).toContain('instrument=n1')
  expect(screen.getByRole('heading', { level: 3, name: 'Recorded' })).toBeTruthy()
  await userEvent.click(screen.getByRole('link', { name: 'Dividend' }))
  expect(router.state.location.pathname).toBe('/transactions/i1')
})

test('a void says why, and what is posted is voided with a reason', async () => {
  const { asked } = await renderApp('/transactions/p1', { ...answers, '/transactions/p1/void': () => ({ ...legs[1], state: 'void' }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Void' }, { timeout: 5000 }))
  await userEvent.type(screen.getByLabelText('Why (stands in the history)'), 'booked twice')
  await userEvent.click(screen.getByRole('button', { name: 'Void it' }))
  expect(asked).toContain('POST /transactions/p1/void')
  expect(await screen.findByText('The transaction is void')).toBeTruthy()
})

test('what is void can come back, unless something stands in its place', async () => {
  const gone = { ...legs[1], state: 'void', voidReason: 'booked twice', event: null }
  await renderApp('/transactions/p1', { ...answers, '/transactions/p1': () => gone })
  expect(await screen.findByText(/It is void and does not count: booked twice/, undefined, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Reinstate' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Correct' })).toBeNull()
})

test('nothing there is a refusal in words, not an empty page', async () => {
  await renderApp('/transactions/none')
  expect(await screen.findByRole('alert', undefined, { timeout: 5000 })).toBeTruthy()
})

test('an address that no transaction has says so once and leads to the list', async () => {
  const detail = 'must match format "uuid"'
  const problem = { type: 'urn:x', title: 'Bad request', status: 400, code: 'bad_request', detail: `path field 'transactionId': ${detail}` }
  const { container } = await renderApp('/transactions/undefined', {
    '/transactions/undefined': () => ({ ...problem, errors: [{ path: 'transactionId', detail }] }),
  })
  const way = await screen.findByRole('link', { name: 'To all transactions' }, { timeout: 15_000 })
  expect(way.getAttribute('href')).toContain('/transactions')
  expect(container.textContent?.split(detail)).toHaveLength(2)
  expect(screen.getByText('The request was not understood.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
})
