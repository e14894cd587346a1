import { addDays, dayNumber, isWeekend, type PlainDate, plainDate } from '@pe/finance/time/plain-date.ts'
import type { GivenBooks } from './given-books.ts'

export const firstDay = plainDate('2025-01-06')
export const lastDay = plainDate('2026-11-20')

/** Mondays to Fridays, both ends included. */
export function* weekdays(from: PlainDate = firstDay, to: PlainDate = lastDay): Generator<PlainDate> {
  for (let day = from; day <= to; day = addDays(day, 1)) if (!isWeekend(dayNumber(day))) yield day
}

/** A curve that goes up and down without chance: the same closes on every run. */
export function closeOn(day: PlainDate, level: number): string {
  const t = dayNumber(day)
  return (level * (1 + 0.1 * Math.sin(t / 23) + 0.05 * Math.cos(t / 7))).toFixed(2)
}

/** Two accounts, in EUR and USD, two instruments, trades, fees, taxes, a dividend and an exchange over not quite two years. */
export function twoCurrencies(books: GivenBooks): { portfolioId: string; shares: string; fund: string } {
  books.account('Giro', 'EUR')
  books.account('Broker', 'USD')
  const shares = books.instrument(
    'Shares',
    'USD',
    Array.from(weekdays(), (day) => [day, closeOn(day, 80)] as const),
  )
  const fund = books.instrument(
    'World fund',
    'EUR',
    Array.from(weekdays(), (day) => [day, closeOn(day, 120)] as const),
  )
  for (const day of weekdays()) books.rate('EUR', 'USD', day, closeOn(day, 1.1).padEnd(6, '3'))
  const eur = { account: 'Giro', currency: 'EUR' }
  const usd = { account: 'Broker', currency: 'USD' }
  books.record({ kind: 'deposit', date: '2025-01-06', ...eur, amount: '10000' })
  books.record({ kind: 'deposit', date: '2025-01-06', ...usd, amount: '5000' })
  books.record({ kind: 'buy', date: '2025-01-07', ...eur, instrument: 'World fund', quantity: '40.5', amount: '4860.33', fee: '4.9' })
  books.record({ kind: 'buy', date: '2025-01-08', ...usd, instrument: 'Shares', quantity: '30', amount: '2400', fee: '1', tax: '2.5' })
  books.record({ kind: 'dividend', date: '2025-05-15', ...usd, instrument: 'Shares', amount: '45', tax: '6.75' })
  books.record({ kind: 'sell', date: '2025-08-11', ...usd, instrument: 'Shares', quantity: '12', amount: '1010.4', fee: '1', tax: '3' })
  books.record({ kind: 'withdrawal', date: '2025-10-01', ...eur, amount: '500' })
  books.record({
    ...{ kind: 'currency-exchange', date: '2025-10-02', ...eur, toAccount: 'Broker', amount: '1000' },
    received: { amount: '1098.7', currency: 'USD' },
  })
  books.record({ kind: 'buy', date: '2026-02-02', ...usd, instrument: 'Shares', quantity: '7.25', amount: '590.15', fee: '1' })
  books.record({ kind: 'fee', date: '2026-06-30', ...eur, amount: '12.5' })
  return { portfolioId: books.portfolio('Main', 'EUR', ['Giro', 'Broker']), shares, fund }
}
