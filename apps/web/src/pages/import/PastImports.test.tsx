import '../../testing/browser-parts.ts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { portfolio } from '../../testing/sample-book.ts'
import { handedIn } from './handed-in.fixture.ts'

const committed = { ...handedIn, state: 'committed' as const, portfolio: 'G2', portfolioId: 'g2' }
const patient = { timeout: 15_000 }

test('an import is taken back only after a question, and it is said that its portfolio went along', async () => {
  let taken = false
  const { asked } = await renderApp('/import', {
    '/imports': () => ({ items: [taken ? { ...committed, state: 'undone' } : committed], next: null }),
    '/portfolios': () => ({ items: taken ? [portfolio] : [portfolio, { ...portfolio, id: 'g2', name: 'G2' }], next: null }),
    [`/imports/${committed.id}/undo`]: () => {
      taken = true
      return { ...committed, state: 'undone' }
    },
  })
  const undone = () => asked.filter((request) => request.endsWith('/undo'))
  const list = await screen.findByRole('table', { name: 'Earlier imports' }, patient)
  await userEvent.click(within(list).getByRole('button', { name: 'Take back' }))
  expect(within(list).getByText('Take book.csv back?')).toBeTruthy()
  expect(undone()).toEqual([])
  await userEvent.click(within(list).getByRole('button', { name: 'Keep it' }))
  expect(within(list).queryByText('Take book.csv back?')).toBeNull()
  expect(undone()).toEqual([])
  await userEvent.click(within(list).getByRole('button', { name: 'Take back' }))
  await userEvent.click(within(list).getAllByRole('button', { name: 'Take back' }).at(-1) as HTMLElement)
  await waitFor(() => expect(undone()).toHaveLength(1))
  expect(await screen.findByText('book.csv is taken back, and the portfolio G2 that it had made is gone')).toBeTruthy()
})
