import '../../testing/browser-parts.ts'
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { accountId } from '../../testing/sample-book.ts'
import { income, purchase } from './legs.fixture.ts'

const legs = [purchase, income].map((leg) => ({ ...leg, accountId }))
const journal = { '/transactions': () => ({ items: legs, next: null }) }

test('an event is one row that opens to its legs', async () => {
  await renderApp('/transactions', journal)
  const table = await screen.findByRole('table', { name: 'Transactions' })
  expect(within(table).getByText('Reinvested dividend', { selector: 'td.kind a' })).toBeTruthy()
  expect(table.querySelectorAll('tbody tr:not(.grp)')).toHaveLength(1)
  expect(table.textContent).toContain('\u221238.85')
  await userEvent.click(within(table).getByRole('button', { name: '2 legs' }))
  expect([...table.querySelectorAll('tr.leg td.kind')].map((cell) => cell.textContent)).toEqual(['Dividend', 'Buy'])
  expect(within(table).getAllByRole('button', { name: 'Correct' })).toHaveLength(1)
})

test('the history says who did what and why', async () => {
  const act = {
    act: 'recorded',
    at: '2026-03-03T08:00:00.000Z',
    by: '00000000-0000-7000-8000-000000000002',
    eventKind: 'dividend-reinvested',
  }
  const acts = [
    { ...act, reason: null, transactions: legs, changes: [] },
    {
      ...{ ...act, act: 'corrected', at: '2026-03-04T08:00:00.000Z', reason: 'the statement says 3', transactions: legs },
      changes: [{ field: 'quantity', before: '2', after: '3' }],
    },
  ]
  await renderApp('/transactions', { ...journal, '/transactions/i1/history': () => ({ acts }) })
  await userEvent.click(await screen.findByRole('button', { name: 'History' }))
  const drawer = await screen.findByRole('dialog', { name: /History of Reinvested dividend/ }, { timeout: 5000 })
  expect((await within(drawer).findByText('Reason: the statement says 3')).closest('li')?.textContent).toContain('Units2 → 3')
  expect(
    within(drawer)
      .getAllByRole('heading', { level: 3 })
      .map((head) => head.textContent),
  ).toEqual(['Corrected', 'Recorded'])
  expect(within(drawer).getAllByText(/^You, 4 Mar 2026/)).toHaveLength(1)
})

test('a draft that needs a review says both, and so does what is posted; a draft is no amount of the book yet', async () => {
  const review = { code: 'asked' as const, facts: {}, detail: 'see the statement' }
  const [posted, draft] = [
    { ...income, id: 'd1', event: null, accountId, needsReview: review },
    { ...income, id: 'd2', event: null, accountId, needsReview: review, state: 'draft' as const },
  ]
  await renderApp('/transactions', { '/transactions': () => ({ items: [posted, draft], next: null }) })
  const table = await screen.findByRole('table', { name: 'Transactions' })
  const states = [...table.querySelectorAll('td:first-child .states')].map((cell) => [...cell.children].map((tag) => tag.textContent))
  expect(states).toEqual([
    ['Posted', 'Needs review'],
    ['Draft', 'Needs review'],
  ])
  expect([...table.querySelectorAll('tr.draft')]).toHaveLength(1)
})

test('the form sends a reinvested dividend as one event, with its charges in their own currency', async () => {
  const { asked } = await renderApp('/transactions?new=1', journal)
  const form = await screen.findByRole('dialog', { name: 'New transaction' }, { timeout: 5000 })
  await userEvent.selectOptions(await within(form).findByLabelText('Kind'), 'dividend-reinvested')
  await userEvent.type(within(form).getByLabelText('Units'), '2')
  await userEvent.click(within(form).getByRole('button', { name: /Add a part/ }))
  expect(within(form).queryByLabelText('Fee')).toBeNull()
  expect(within(form).getByRole<HTMLButtonElement>('button', { name: 'Record' }).disabled).toBe(true)
  await userEvent.type(within(form).getByLabelText('Amount'), '1.5')
  await userEvent.click(within(form).getByRole('button', { name: 'Record' }))
  expect(asked.some((request) => JSON.stringify(request).includes(`/accounts/${accountId}/events`))).toBe(true)
})

test('a book as it was known is marked on the screen, asked of the server, and cannot be changed', async () => {
  const { asked, router } = await renderApp('/transactions?known=2026-03-31', journal)
  expect((await screen.findByText(/As known on 31 Mar 2026/)).textContent).toBeTruthy()
  await screen.findByRole('table', { name: 'Transactions' })
  expect(screen.queryByRole('button', { name: 'Correct' })).toBeNull()
  expect(asked.some((request) => JSON.stringify(request).includes('knownAt=2026-03-31T23'))).toBe(true)
  await userEvent.click(screen.getByRole('button', { name: 'Back to now' }))
  expect(router.state.location.search).not.toContain('known')
})
