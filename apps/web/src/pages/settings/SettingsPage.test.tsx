import '../../testing/browser-parts.ts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { portfolio, portfolioId } from '../../testing/sample-book.ts'

const patient = { timeout: 5000 }

test('numbers have the decimal sign that is chosen, in every language', async () => {
  const { store } = await renderApp('/settings')
  const signs = await screen.findByRole('group', { name: 'Decimal sign' }, patient)
  expect(screen.getByText(/Numbers read 1\s234\.56/)).toBeTruthy()
  await userEvent.click(within(signs).getByRole('button', { name: 'Comma' }))
  expect(screen.getByText(/Numbers read 1\s234,56/)).toBeTruthy()
  expect(screen.getByText('▲ +1,20')).toBeTruthy()
  expect(store.getState().preferences.decimalSign).toBe('comma')
  await userEvent.click(within(signs).getByRole('button', { name: 'As the language' }))
  expect(screen.getByText(/Numbers read 1\s234\.56/)).toBeTruthy()
})

test('gains open with years that begin in the chosen month', async () => {
  const { router, asked } = await renderApp('/settings')
  await userEvent.selectOptions(await screen.findByLabelText('Tax years begin in', undefined, patient), 'April')
  await router.navigate('/gains')
  await waitFor(() => expect(asked.some((one) => one.includes('/realised-gains') && one.includes('firstMonth=4'))).toBe(true), patient)
})

test('rows are as high as chosen', async () => {
  const { store } = await renderApp('/settings')
  const rows = await screen.findByRole('group', { name: 'Rows of tables' }, patient)
  await userEvent.click(within(rows).getByRole('button', { name: 'Compact' }))
  expect(store.getState().preferences.density).toBe('compact')
})

test('the base currency is the book’s: it is sent in the version that was seen, and can be taken back', async () => {
  const { asked } = await renderApp('/settings', {
    [`/portfolios/${portfolioId}`]: () => ({ ...portfolio, baseCurrency: 'USD', version: 2 }),
  })
  await userEvent.selectOptions(await screen.findByLabelText('Base currency', undefined, patient), 'USD')
  expect(await screen.findByText('Family book is counted in USD now')).toBeTruthy()
  expect(asked.filter((one) => one.startsWith('PATCH'))).toEqual([`PATCH /portfolios/${portfolioId}`])
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(asked.filter((one) => one.startsWith('PATCH'))).toHaveLength(2))
})
