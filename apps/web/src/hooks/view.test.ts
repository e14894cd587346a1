import { plainDate } from '@pe/finance/time/plain-date.ts'
import { expect, test } from 'vitest'
import { readView, spanOf, stepped } from './view.ts'

const today = plainDate('2026-11-20')
const firstDay = plainDate('2020-03-02')
const view = (address: string) => readView(new URLSearchParams(address))

test('the year to date opens with the last day of the year before', () => {
  expect(spanOf(view(''), today, firstDay)).toEqual({ from: '2025-12-31', to: '2026-11-20' })
})

test('chips count back from today, cut to where the book begins', () => {
  expect(spanOf(view('period=1M'), today, firstDay).from).toBe('2026-10-20')
  expect(spanOf(view('period=3Y'), today, firstDay).from).toBe('2023-11-20')
  expect(spanOf(view('period=10Y'), today, firstDay).from).toBe('2020-03-01')
  expect(spanOf(view('period=MAX'), today, firstDay).from).toBe('2020-03-01')
})

test('an own period stands as it is written', () => {
  expect(spanOf(view('from=2021-01-01&to=2021-06-30'), today, firstDay)).toEqual({ from: '2021-01-01', to: '2021-06-30' })
})

test('nonsense in the address is not believed', () => {
  expect(view('from=2021-13-01&to=x&period=9Q&currency=euro')).toMatchObject({ from: null, to: null, period: 'YTD', currency: null })
  expect(view('from=2022-01-01&to=2021-01-01').period).toBe('YTD')
})

test('[ goes one period back, ] comes forward again but not past today', () => {
  expect(stepped(view('period=1M'), today, firstDay, -1)).toEqual({ from: '2026-09-20', to: '2026-10-20' })
  expect(stepped(view(''), today, firstDay, -1)).toEqual({ from: '2024-12-31', to: '2025-12-31' })
  expect(stepped(view('from=2026-10-01&to=2026-10-31'), today, firstDay, 1)).toEqual({ from: '2026-10-31', to: '2026-11-20' })
  expect(stepped(view('period=1W'), today, firstDay, 1)).toBeNull()
  expect(stepped(view('period=MAX'), today, firstDay, -1)).toBeNull()
})
