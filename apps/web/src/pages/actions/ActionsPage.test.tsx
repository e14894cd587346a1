import '../../testing/browser-parts.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { account, accountId, portfolio } from '../../testing/sample-book.ts'

const apple = '01a00000-0000-7000-8000-000000000003'
const other = { ...account, id: 'b', name: 'Depot Bonn' }
const terms = { kind: 'split', instrumentId: apple, exDate: '2020-08-31', ratio: { new: '4', old: '1' }, currency: 'USD' } as const
const action = { ...terms, id: 'a1', note: '', recordedAt: '2026-11-20T10:00:00Z', removedAt: null, version: 1 }
const lot = (amount: string, currency: string) => ({ cost: { amount, currency } })
const side = (quantity: string) => ({
  positions: [{ instrumentId: apple, quantity, lots: [lot('100', 'EUR'), lot('50', 'USD'), lot('20', 'EUR')] }],
  cash: [],
})
const effect = { cashAccountId: accountId, before: side('5'), after: side('20'), legs: [] }
const application = { ...terms, id: 'x', actionId: 'a1', accounts: [], appliedAt: '2026-11-20T10:00:00Z', appliedBy: 'o', undoneAt: null }
const answers = {
  '/accounts': () => ({ items: [account, other], next: null }),
  '/instruments': () => ({ items: [{ id: apple, name: 'Apple', symbol: 'AAPL', currency: 'USD' }], next: null }),
  '/portfolios': () => ({ items: [portfolio, { ...portfolio, id: 'p2', name: 'Second', accountIds: ['b'] }], next: null }),
  '/actions': () => ({ items: [action as Schema<'CorporateAction'>], next: null }),
  '/actions/a1': () => action,
  '/actions/a1/preview': () => ({
    effects: [
      { ...effect, accountId },
      { ...effect, accountId: 'b' },
    ],
  }),
  '/action-applications': () => ({ items: [application], next: null }),
}

test('the preview says what is about to be applied, what each currency cost, and which account is of another portfolio', async () => {
  await renderApp(`/actions?new=1&instrument=${apple}`, answers)
  fireEvent.click(await screen.findByRole('button', { name: /^Split . 31 Aug 2020/ }, { timeout: 15_000 }))
  fireEvent.click(screen.getByRole('button', { name: 'See what it does' }))
  expect((await screen.findByText('Split 4:1')).closest('p')?.textContent).toContain('Apple, ex-date 31 Aug 2020')
  const own = await screen.findByRole('region', { name: 'Depot Frankfurt' })
  expect(within(own).getByRole('row', { name: /Cost of Apple, EUR/ }).textContent).toContain('120.00120.00')
  expect(within(own).getByRole('row', { name: /Cost of Apple, USD/ }).textContent).toContain('50.0050.00')
  expect(within(own).queryByText(/portfolio in view/)).toBeNull()
  expect(within(screen.getByRole('region', { name: 'Depot Bonn' })).getByText(/but of Second/)).toBeTruthy()
})

test('what was applied says its terms', async () => {
  await renderApp('/actions', answers)
  expect((await screen.findByText(/Split 4:1, Apple/, {}, { timeout: 15_000 })).textContent).toBeTruthy()
})

test('above the journal, what was undone is not counted with what stands', async () => {
  const undone = { ...application, id: 'y', undoneAt: '2026-11-20T11:00:00Z', undoneBy: 'o' }
  const only = (items: readonly unknown[]) => ({
    ...answers,
    '/transactions': () => ({ items: [], next: null }),
    '/action-applications': () => ({ items, next: null }),
  })
  const { unmount } = await renderApp('/transactions', only([undone]))
  expect(await screen.findByText('1 undone corporate action', {}, { timeout: 15_000 })).toBeTruthy()
  unmount()
  await renderApp('/transactions', only([undone, application]))
  expect(await screen.findByText('1 corporate action in this journal, 1 undone corporate action', {}, { timeout: 15_000 })).toBeTruthy()
})
