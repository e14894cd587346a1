import '../../testing/browser-parts.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { portfolio } from '../../testing/sample-book.ts'

const patient = { timeout: 15_000 }
const head = '{"format":"portfolioengine-book","version":1,"exportedAt":"2026-11-22T12:00:00.000Z",\n"instruments":[]}'
const taken: Schema<'ImportedBook'> = {
  accounts: 5,
  portfolios: 4,
  transactions: 123,
  instruments: 3,
  exportedAt: '2026-11-22T12:00:00.000Z',
}

async function drop(answer: unknown, text = head, others: Parameters<typeof renderApp>[1] = {}) {
  const app = await renderApp('/import', { '/import/book': () => answer, '/imports': () => ({ items: [], next: null }), ...others })
  await userEvent.upload(await screen.findByLabelText('Choose a file', {}, patient), new File([text], 'any-name.txt'))
  return app
}

test('a whole book is known by how it begins, and taken in when a person says so', async () => {
  const { asked } = await drop(taken)
  const take = await screen.findByRole('button', { name: 'Take the book in' }, patient)
  expect(screen.getByText(/a whole book of .*2026/)).toBeTruthy()
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual([])
  await userEvent.click(take)
  expect(await screen.findByText('The book is here: accounts 5, portfolios 4, transactions 123.', {}, patient)).toBeTruthy()
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual(['POST /import/book'])
})

test('what was taken in opens where most is recorded, not where the alphabet begins', async () => {
  const empty = { ...portfolio, id: 'empty', name: 'A drawer', transactionCount: 0 }
  await drop(taken, head, { '/portfolios': () => ({ items: [empty, portfolio], next: null }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Take the book in' }, patient))
  const look = await screen.findByRole('link', { name: 'Look at the figures' }, patient)
  expect(look.getAttribute('href')).toBe(`/?portfolio=${portfolio.id}`)
})

test('where a book stands, the reason is said and another file can be chosen', async () => {
  await drop({ type: 'about:blank', title: 'no', status: 409, code: 'book_not_empty', detail: 'accounts stand here' })
  await userEvent.click(await screen.findByRole('button', { name: 'Take the book in' }, patient))
  expect(await screen.findByText(/A whole book goes into an empty instance only/, {}, patient)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Another file' }))
  expect(await screen.findByLabelText('Choose a file', {}, patient)).toBeTruthy()
})

test('any other file is previewed', async () => {
  const { asked } = await drop(null, '{"transactions":[]}')
  await expect.poll(() => asked.some((one) => one.startsWith('POST /imports?'))).toBe(true)
  expect(screen.queryByRole('button', { name: 'Take the book in' })).toBeNull()
})
