import '../../testing/browser-parts.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { portfolio } from '../../testing/sample-book.ts'
import { handedIn, none } from './handed-in.fixture.ts'

const { id } = handedIn

/** The page is loaded when it is first asked for. */
const patient = { timeout: 15_000 }

const open = (of: Schema<'Import'>, items: readonly Schema<'ImportRow'>[] = []) =>
  renderApp(`/import?import=${id}`, { [`/imports/${id}`]: () => of, [`/imports/${id}/rows`]: () => ({ items, next: null }) })

test('while another portfolio is typed than the preview is for, nothing can be recorded', async () => {
  await open(handedIn)
  const record = await screen.findByRole<HTMLButtonElement>('button', { name: 'Record 1 row' }, patient)
  expect(record.disabled).toBe(false)
  const into = screen.getByLabelText('Into portfolio')
  await userEvent.clear(into)
  expect(record.disabled).toBe(true)
  await userEvent.type(into, 'Another')
  expect(record.disabled).toBe(true)
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Look again' }).disabled).toBe(false)
  await userEvent.clear(into)
  await userEvent.type(into, portfolio.name)
  expect(record.disabled).toBe(false)
})

test('the words a file has for kinds are given a meaning beside its columns', async () => {
  const rows = [
    ['2024-01-03', 'I paid in'],
    ['2024-01-04', 'bought it'],
    ['2024-01-05', 'bought it'],
  ]
  await open({
    ...handedIn,
    state: 'needs-mapping',
    sample: { headers: ['When', 'What'], rows, words: [[], ['I paid in', 'bought it', 'once, far below']] },
  })
  expect(screen.queryByLabelText('bought it')).toBeNull()
  await userEvent.selectOptions(await screen.findByLabelText('Column What is', {}, patient), 'Kind')
  await userEvent.selectOptions(screen.getByLabelText('bought it'), 'Buy')
  expect(screen.getByLabelText<HTMLSelectElement>('bought it').value).toBe('buy')
  expect(screen.getByLabelText<HTMLSelectElement>('I paid in').value).toBe('')
  expect(screen.getByLabelText<HTMLSelectElement>('once, far below').value).toBe('')
})

test('what was recorded says how many of it are drafts, and leads to them', async () => {
  await open({ ...handedIn, state: 'committed', counts: { ...none, rows: 7, ok: 7, drafts: 1 } })
  const link = await screen.findByRole('link', { name: 'Look at the drafts' }, patient)
  expect(link.closest('p')?.textContent).toContain('1 of the transactions is a draft and does not count yet.')
  expect(link.getAttribute('href')).toContain('state=draft')
})

test('a rate keeps its places in the preview, and money its cents', async () => {
  const row = { row: 1, line: 2, state: 'ok', draft: false, date: '2015-01-02', account: null, quantity: null } as const
  const fine = { field: null, code: null, reason: null, note: null } as const
  await open(handedIn, [
    { ...row, ...fine, becomes: 'rate', instrument: 'EUR/USD', amount: '1.2043', currency: 'USD' },
    { ...row, ...fine, row: 2, line: 3, becomes: 'deposit', instrument: null, amount: '1000', currency: 'USD' },
  ])
  expect(await screen.findByText('1.2043 USD', {}, patient)).toBeTruthy()
  expect(screen.getByText('1\u00a0000.00 USD', { normalizer: (text) => text })).toBeTruthy()
})
