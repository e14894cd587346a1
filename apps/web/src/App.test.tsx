import './testing/browser-parts.ts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from './testing/RenderedApp.tsx'
import { accountId, holdings, performance, portfolio, portfolioId } from './testing/sample-book.ts'

test('Home writes its sentence and statement from the figures', async () => {
  await renderApp('/')
  const statement = await screen.findByLabelText('Period statement')
  expect(within(statement).getByText('+180.00')).toBeTruthy()
  expect(within(statement).getByText('\u22124.90')).toBeTruthy()
  expect(screen.getByText(/Adds up to the cent/)).toBeTruthy()
  const sentence = screen.getByText(/since 31 Dec 2025/).closest('p')
  expect(sentence?.textContent).toBe(
    'Up 210.00 since 31 Dec 2025: prices added 180.00, you paid in 50.00 and income brought 20.00; currency took 30.00 and fees and taxes took 10.00.',
  )
})

test('a statement that does not add up says so instead of ticking', async () => {
  const wrong = { ...performance, statement: { ...performance.statement, addsUp: false } }
  await renderApp('/', { [`/portfolios/${portfolioId}/performance`]: () => wrong })
  expect(await screen.findByText(/do not add up/)).toBeTruthy()
})

test('the first visit offers a file or entering by hand, and shows no zero', async () => {
  await renderApp('/', { '/portfolios': () => ({ items: [], next: null }) })
  expect(await screen.findByText('Drop files here')).toBeTruthy()
  expect(screen.getByRole('link', { name: /Enter by hand/ }).getAttribute('href')).toBe('/transactions?new=1')
  expect(screen.queryByText('0.00')).toBeNull()
})

test('an error is told in words with a way on, and trying again helps', async () => {
  let broken = true
  const problem = { type: 'x', title: 'Unavailable', status: 503, code: 'unavailable', requestId: 'abc-1' }
  await renderApp('/', { [`/portfolios/${portfolioId}/performance`]: () => (broken ? problem : performance) })
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot answer at the moment')
  expect(screen.getByRole('alert').textContent).toContain('abc-1')
  broken = false
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByLabelText('Period statement')).toBeTruthy()
})

test('Holdings shows an unknown value as a dash with its reason, last whichever way it is sorted', async () => {
  await renderApp('/holdings')
  const table = await screen.findByRole('table', { name: 'Holdings' })
  const names = () => [...table.querySelectorAll('tbody td.a b')].map((name) => name.textContent)
  expect(names()).toEqual(['Apple', 'Cash EUR', 'BASF'])
  await userEvent.click(within(table).getByRole('button', { name: /Value EUR/ }))
  expect(names()).toEqual(['Cash EUR', 'Apple', 'BASF'])
  const basf = within(table).getByText('BASF').closest('tr') as HTMLElement
  expect(within(basf).getAllByText(/no price of BASF on or before 20 Nov 2026/).length).toBeGreaterThan(0)
  expect(basf.textContent).not.toContain('0.00')
  const foot = table.querySelector('tfoot') as HTMLElement
  expect(foot.textContent).toContain('Total of what is known (1 is not known)')
  expect(foot.textContent).toContain('1\u00a0210.00')
})

test('the address keeps sort and grouping of the table', async () => {
  const { router } = await renderApp('/holdings?group=currency&sort=instrument-asc')
  const table = await screen.findByRole('table', { name: 'Holdings' })
  expect([...table.querySelectorAll('tr.grp')].map((row) => row.querySelector('.name')?.textContent)).toEqual(['USD 1', 'EUR 2'])
  await userEvent.click(within(table).getByRole('button', { name: /Weight/ }))
  expect(router.state.location.search).toContain('sort=weight-desc')
})

test('nothing held is said in words, with ways to have something', async () => {
  await renderApp('/holdings', { [`/portfolios/${portfolioId}/holdings`]: () => ({ ...holdings, holdings: [], cash: [] }) })
  expect(await screen.findByText('Nothing is held on 20 Nov 2026')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Import a file' })).toBeTruthy()
})

test('the eye hides amounts, then scrambles them, then shows them; per cent stay', async () => {
  const { container } = await renderApp('/holdings')
  await screen.findByRole('table', { name: 'Holdings' })
  const eye = () => screen.getByRole('button', { name: /Amounts are/ })
  await userEvent.click(eye())
  expect(container.textContent).not.toContain('1\u00a0110.00')
  expect(container.textContent).toContain('•••••')
  expect(container.textContent).toContain('91.74')
  await userEvent.click(eye())
  expect(container.textContent).not.toContain('1\u00a0110.00')
  expect(screen.getByText(/only their proportions are true/)).toBeTruthy()
  await userEvent.click(eye())
  expect(container.textContent).toContain('1\u00a0110.00')
})

test('a figure opens its trail: formula, inputs, the days that mattered, warnings', async () => {
  const { asked } = await renderApp('/performance')
  const figures = await screen.findAllByRole('button', { name: '+15.00\u202f%' })
  await userEvent.click(figures[0] as HTMLElement)
  const drawer = await screen.findByRole('dialog', { name: 'Explain: TWR' })
  expect(await within(drawer).findByText('Opening value, 31 Dec 2025')).toBeTruthy()
  expect(within(drawer).getByText('Money in, 1 day')).toBeTruthy()
  expect(drawer.textContent).toContain('1\u00a0000.00')
  // (1150 + 0) / (1000 + 50) − 1
  expect(drawer.textContent).toContain('+9.52\u202f%')
  expect(within(drawer).getByText('The last rate of USD/EUR is of 10 Nov 2026; it is carried forward.')).toBeTruthy()
  expect(asked.some((question) => question.includes('explain=true'))).toBe(true)
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('figures under one year are not annualised, and say why', async () => {
  await renderApp('/performance')
  expect((await screen.findAllByText(/Under one year is never annualised/)).length).toBeGreaterThan(0)
})

test('period, portfolio and currency in the address are what the server is asked for', async () => {
  const { asked } = await renderApp(`/?portfolio=${portfolioId}&from=2025-01-02&to=2025-01-14&currency=CHF`)
  await screen.findByLabelText('Period statement')
  expect(asked).toContain(`GET /portfolios/${portfolioId}/performance?from=2025-01-02&to=2025-01-14&currency=CHF&rounding=minorUnit`)
})

test('the keyboard steps periods, opens the palette and goes to places', async () => {
  const { router } = await renderApp('/?period=1M')
  await screen.findByLabelText('Period statement')
  await userEvent.keyboard('[[')
  expect(router.state.location.search).toContain('from=2026-09-20&to=2026-10-20')
  await userEvent.keyboard('t')
  expect(router.state.location.search).not.toContain('from=')
  await userEvent.keyboard('gh')
  expect(router.state.location.pathname).toBe('/holdings')
  await userEvent.keyboard('{Control>}k{/Control}')
  await userEvent.type(await screen.findByRole('combobox'), 'perf')
  expect(screen.getAllByRole('option')[0]?.textContent).toContain('Performance')
  await userEvent.keyboard('{Enter}')
  expect(router.state.location.pathname).toBe('/performance')
})

test('the palette has an account once and leads to its page; an action is found by its kind', async () => {
  const { router } = await renderApp('/')
  await screen.findByLabelText('Period statement')
  await userEvent.keyboard('{Control>}k{/Control}')
  const typed = await screen.findByRole('combobox')
  await userEvent.type(typed, 'split')
  expect(screen.getAllByRole('option')[0]?.textContent).toContain('New corporate action')
  await userEvent.clear(typed)
  await userEvent.type(typed, 'Depot Frankfurt')
  expect(screen.getAllByRole('option')).toHaveLength(1)
  await userEvent.keyboard('{Enter}')
  expect(router.state.location.pathname).toBe(`/accounts/${accountId}`)
})

test('a value that rests on an old rate says so, also where nothing but cash is held', async () => {
  const old = { amount: '100.00', currency: 'EUR', staleSince: '2015-06-30' }
  const [balance] = holdings.cash
  await renderApp('/', {
    [`/portfolios/${portfolioId}/holdings`]: () => ({ ...holdings, holdings: [], cash: [{ ...balance, value: old }] }),
    [`/portfolios/${portfolioId}/performance`]: () => ({ ...performance, closingValue: old }),
  })
  const mark = await screen.findByText('30 Jun 2015', { selector: '.headline .stale' })
  expect(mark.getAttribute('title')).toContain('30 Jun 2015')
})

test('the chart has a table twin with every day', async () => {
  await renderApp('/')
  await userEvent.click((await screen.findAllByRole('button', { name: 'Show data as a table' }))[0] as HTMLElement)
  const twin = await screen.findByRole('region', { name: /Value from 31 Dec 2025/ })
  expect(within(twin).getByText('Fri 2 Jan 2026')).toBeTruthy()
  expect(twin.textContent).toContain('1\u00a0150.00')
})

test('an unknown address says so', async () => {
  await renderApp('/nowhere', { '/portfolios': () => ({ items: [portfolio], next: null }) })
  expect(await screen.findByText('There is no such page')).toBeTruthy()
})
