import { existsSync, readFileSync } from 'node:fs'
import { GivenBooks } from './given-books.ts'

const folder = new URL('../../../../shared/samples/portfolio-performance/', import.meta.url)

export const sampleIsThere = existsSync(new URL('currency_sample.xml', folder))

/**
 * Portfolio Performance's currency sample: closes and the `latest` quotes from the file, its ten transactions by hand, the rates of the
 * ECB. The way through the importer is walked by the integration service's tests.
 */
export function currencySample(): { books: GivenBooks; portfolioId: string; apple: string } {
  const books = new GivenBooks()
  const [cashEur, cashUsd, depotEur, depotUsd] = ['Account EUR', 'Account USD', 'Portfolio EUR', 'Portfolio USD']
  for (const [name, currency] of [
    [cashEur, 'EUR'],
    [cashUsd, 'USD'],
    [depotEur, 'EUR'],
    [depotUsd, 'USD'],
  ] as const)
    books.account(name as string, currency)
  const securities = readFileSync(new URL('currency_sample.xml', folder), 'utf8').split('<security>').slice(1, 3)
  const apple = books.instrument('Apple', 'USD', closesIn(securities[0] as string))
  books.instrument('BASF', 'EUR', closesIn(securities[1] as string))
  for (const line of readFileSync(new URL('ecb-rates.csv', folder), 'utf8').trim().split('\n').slice(1)) {
    const [date, base, quote, rate] = line.trim().split(',') as [string, string, string, string]
    books.rate(base, quote, date, rate)
  }
  const date = '2015-01-01'
  const eur = { account: depotEur as string, cashAccount: cashEur as string, currency: 'EUR' }
  const usd = { account: depotUsd as string, cashAccount: cashUsd as string, currency: 'USD' }
  for (const amount of ['1000', '718.8', '454.6'])
    books.record({ kind: 'deposit', date, account: cashEur as string, currency: 'EUR', amount })
  for (const amount of ['1000', '571.9', '848.41'])
    books.record({ kind: 'deposit', date, account: cashUsd as string, currency: 'USD', amount })
  books.record({ kind: 'buy', date, ...eur, instrument: 'BASF', quantity: '10', amount: '698.8', fee: '10', tax: '10' })
  books.record({
    ...{ kind: 'buy', date, ...eur, instrument: 'Apple', quantity: '5', amount: '454.6' },
    rate: { from: 'USD', to: 'EUR', value: '0.8237' },
  })
  books.record({ kind: 'buy', date, ...usd, instrument: 'Apple', quantity: '5', amount: '551.9', fee: '10', tax: '10' })
  books.record({
    ...{ kind: 'buy', date, ...usd, instrument: 'BASF', quantity: '10', amount: '848.41' },
    rate: { from: 'EUR', to: 'USD', value: '1.2141' },
  })
  books.record({ kind: 'buy', date: '2015-08-03', ...usd, instrument: 'Apple', quantity: '5', amount: '577.6' })
  const portfolioId = books.portfolio('Main', 'EUR', [cashEur, cashUsd, depotEur, depotUsd] as string[])
  return { books, portfolioId, apple }
}

/** `v` counts hundredths in files of this age. */
function closesIn(security: string): [string, string][] {
  return Array.from(security.matchAll(/<(?:price|latest) t="([\d-]+)" v="(\d+)"/g), ([, day, v]) => [
    day as string,
    (Number(v) / 100).toFixed(2),
  ])
}
