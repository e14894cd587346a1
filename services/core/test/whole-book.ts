import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Account } from '@pe/contracts/accounts.ts'
import type { Call } from '@pe/contracts/actor.ts'
import { type CoreRoutes, coreRoutes } from '@pe/contracts/core.ts'
import { type MarketRoutes, marketRoutes } from '@pe/contracts/market.ts'
import type { Client, Reply } from '@pe/contracts/route.ts'
import type { Booking } from '@pe/contracts/transactions.ts'
import { createMarket } from '@pe/market/service.ts'
import { checkedClient } from '@pe/platform/testing/checked-client.ts'
import type { TestService } from '@pe/platform/testing/test-service.ts'
import { testServices } from '@pe/platform/testing/test-services.ts'
import { createCore } from '../src/service.ts'
import type { CoreTables } from '../src/store/tables.ts'
import { day, row, type Shorthand } from './core-service.ts'

/** An instance of its own: the real core over the real market. */
export interface Instance {
  readonly core: Client<CoreRoutes>
  readonly market: Client<MarketRoutes>
  readonly bench: TestService<CoreRoutes, CoreTables>
  readonly call: Call
  export(): Promise<string>
  import(file: string): Promise<Reply<CoreRoutes['importBook']>>
  stop(): Promise<void>
}

export async function instance(): Promise<Instance> {
  const services = await testServices(['market', 'core'])
  const market = await services.mount({
    name: 'market',
    migrations: new URL('../../market/migrations/', import.meta.url),
    create: createMarket,
  })
  const marketClient = checkedClient(marketRoutes, market.service.handlers)
  const bench = await services.mount<CoreRoutes, CoreTables>({
    name: 'core',
    migrations: new URL('../migrations/', import.meta.url),
    create: (deps) => createCore({ ...deps, market: marketClient }),
  })
  const core = checkedClient(coreRoutes, bench.service.handlers)
  const { call } = bench
  return {
    core,
    market: marketClient,
    bench,
    call,
    export: async () => text((await core.exportBook({}, call)).stream),
    import: (file) => core.importBook({ body: Readable.from([Buffer.from(file)]) }, call),
    stop: () => services.stop(),
  }
}

/** What the tests ask for again. */
export interface RichBook {
  readonly depot: Account
  readonly dollars: Account
  readonly taxonomyId: string
}

const importOf = (number: number): string => `01900000-0000-7000-8000-0000000000f${number}`

/** A book in which all that can happen has happened once. */
export async function fillRichly({ core, market, call }: Instance): Promise<RichBook> {
  const instrument = (name: string, currency = 'EUR', more = {}) => market.createInstrument({ body: { name, currency, ...more } }, call)
  const fund = await instrument('World "fund"', 'EUR', { kind: 'etf', isin: 'IE00BK5BQT80', symbol: 'VWCE' })
  const share = await instrument('Straße & Söhne', 'USD', { kind: 'stock', symbol: 'STR' })
  const pence = await instrument('London', 'GBP', { quoteUnit: 'GBX' })
  const renamed = await market.changeInstrument({ params: { instrumentId: pence.id }, body: { name: 'London plc' }, ifMatch: 1 }, call)
  const closes = Array.from({ length: 1003 }, (_, at) => ({ date: day(dayAfter('2022-01-01', at)), close: `${100 + at}.123456789` }))
  await market.recordCloses({ params: { instrumentId: fund.id }, body: { closes } }, call)
  const rates = [{ date: day('2026-01-01'), base: 'EUR', quote: 'USD', rate: '1.25' }]
  await market.recordRates({ body: { rates } }, call)

  const account = (name: string, currency = 'EUR', more = {}) => core.createAccount({ body: { name, currency, ...more } }, call)
  const depot = await account('Depot', 'EUR', { note: 'with\n"lines"', openedOn: day('2020-01-01') })
  const dollars = await account('Dollars', 'USD', { allowsShort: true })
  const old = await account('Old')
  const record = (accountId: string, { date, ...rest }: Shorthand): Promise<Booking> =>
    core.recordTransaction({ params: { accountId }, body: { ...rest, date: day(date) } }, call)

  await record(depot.id, { kind: 'deposit', date: '2026-01-02', amount: '10000.123456789' })
  const bought = await record(depot.id, {
    kind: 'buy',
    date: '2026-01-05',
    time: '09:30:01',
    instrumentId: fund.id,
    quantity: '10',
    price: '100',
  })
  await record(depot.id, {
    ...{ kind: 'buy', date: '2026-01-06', instrumentId: fund.id, quantity: '3.000000000000000001', amount: '330' },
    charges: [
      { kind: 'fee', amount: '1', currency: 'USD', rate: '0.8', note: 'abroad' },
      { kind: 'tax', amount: '2', currency: 'EUR' },
    ],
  })
  await record(depot.id, {
    ...{ kind: 'sell', date: '2026-02-02', instrumentId: fund.id, quantity: '2', price: '120', needsReview: 'which lot?' },
    lots: [{ transactionId: bought.transaction.id, quantity: '2' }],
  })
  await record(dollars.id, {
    kind: 'buy',
    date: '2026-02-03',
    instrumentId: share.id,
    quantity: '5',
    price: '20',
    cashCurrency: 'EUR',
    cashAccountId: depot.id,
  })
  await record(depot.id, { kind: 'transfer', date: '2026-02-04', amount: '50', toAccountId: old.id })
  await record(dollars.id, {
    kind: 'sell',
    date: '2026-02-05',
    instrumentId: pence.id,
    quantity: '1',
    amount: '5',
    currency: 'GBP',
    state: 'draft',
  })
  const draft = await record(depot.id, {
    kind: 'buy',
    date: '2026-03-01',
    instrumentId: fund.id,
    quantity: '1',
    price: '99',
    state: 'draft',
  })
  await core.postDraft({ params: { transactionId: draft.transaction.id }, body: {}, ifMatch: 1 }, call)
  const wrong = await record(depot.id, { kind: 'fee', date: '2026-03-02', amount: '3' })
  const right = { kind: 'fee' as const, date: day('2026-03-02'), amount: '4' }
  await core.replaceTransaction(
    { params: { transactionId: wrong.transaction.id }, body: { transaction: right, reason: 'misread' }, ifMatch: 1 },
    call,
  )
  const gone = await record(old.id, { kind: 'deposit', date: '2026-03-03', amount: '1' })
  await core.voidTransaction({ params: { transactionId: gone.transaction.id }, body: { reason: 'never "was"' }, ifMatch: 1 }, call)
  const drip = {
    kind: 'dividend-reinvested' as const,
    date: day('2026-03-04'),
    instrumentId: fund.id,
    quantity: '1',
    price: '105',
    tax: '9',
  }
  await core.recordEvent({ params: { accountId: depot.id }, body: drip }, call)

  const view = { baseCurrency: 'EUR', type: 'retirement' as const, inceptionDate: day('2026-01-01'), benchmarkId: fund.id }
  const main = await core.createPortfolio({ body: { name: 'Main', accountIds: [dollars.id, depot.id], ...view } }, call)
  await core.createPortfolio({ body: { name: 'Average', baseCurrency: 'USD', accountIds: [depot.id], costMethod: 'average-cost' } }, call)
  await core.createPortfolio({ body: { name: 'All', baseCurrency: 'EUR', accountIds: [], portfolioIds: [main.id] } }, call)
  await core.changeAccount({ params: { accountId: old.id }, body: { archivedOn: day('2026-06-01') }, ifMatch: old.version }, call)

  // One import that stays, in both shapes of a chain entry, and one that was taken back with its account and instrument.
  for (const number of [1, 2]) {
    const importId = importOf(number)
    const named = [{ key: 'i', instrument: { name: `Of import ${number}`, currency: 'EUR' } }]
    const { found } = await market.resolveInstruments({ body: { importId, dryRun: false, instruments: named } }, call)
    const instrumentId = found[0]?.instrumentId ?? ''
    const transactions = Array.from({ length: 25 }, (_, at) =>
      row(at + 1, { date: '2026-04-01', instrumentId, accountKey: `depot ${number}` }),
    )
    const accounts = [{ key: `depot ${number}`, account: { name: `Of import ${number}`, currency: 'EUR' } }]
    const portfolio = { name: 'Imported', baseCurrency: 'EUR' }
    await core.recordBatch({ body: { importId, dryRun: false, skipRefused: false, accounts, portfolio, transactions } }, call)
    if (number === 1) continue
    await core.undoBatch({ params: { importId }, body: {} }, call)
    await market.undoMarketImport({ params: { importId }, body: { keepInstrumentIds: [] } }, call)
  }

  for (const exDate of ['2026-05-04', '2026-05-05']) {
    const split = { kind: 'split' as const, instrumentId: fund.id, exDate: day(exDate), ratio: { new: '2', old: '1' } }
    const action = await market.recordAction({ body: split }, call)
    const body = { accounts: [{ accountId: depot.id, cashAccountId: old.id }] }
    const applied = await core.applyAction(
      { params: { actionId: action.id }, body: exDate === '2026-05-04' ? { accounts: [{ accountId: depot.id }] } : body },
      call,
    )
    if (exDate === '2026-05-04') continue
    await core.undoActionApplication({ params: { applicationId: applied.id }, body: {} }, call)
    await market.removeAction({ params: { actionId: action.id }, body: {}, ifMatch: 1 }, call)
  }

  const taxonomy = await core.createTaxonomy({ body: { name: 'Regions' } }, call)
  const tree = { params: { taxonomyId: taxonomy.id } }
  const outer = await core.addNode({ ...tree, ifMatch: 1, body: { name: 'Europe', parentId: null } }, call)
  const parentId = outer.nodes[0]?.id ?? null
  const inner = await core.addNode({ ...tree, ifMatch: outer.version, body: { name: 'Germany', parentId } }, call)
  const nodeId = inner.nodes.find(({ name }) => name === 'Germany')?.id ?? ''
  const weights = { weights: [{ nodeId, weight: '33.3333' }] }
  const sorted = { taxonomyId: taxonomy.id, kind: 'instrument' as const, objectId: renamed.id }
  await core.classify({ params: sorted, body: weights, ifMatch: inner.version }, call)

  const cash = { amount: '995.5', currency: 'EUR' }
  await core.assertBalance({ body: { accountId: depot.id, date: day('2026-03-31'), cash, note: 'statement 3' } }, call)
  const units = { instrumentId: fund.id, quantity: '11' }
  const taken = await core.assertBalance({ body: { accountId: depot.id, date: day('2026-03-31'), units } }, call)
  await core.withdrawAssertion({ params: { assertionId: taken.id } }, call)
  const plan = { name: 'World', accountId: depot.id, kind: 'buy' as const, instrumentId: fund.id, amount: '100', fee: '1.5' }
  const rhythm = { rhythm: 'monthly' as const, day: 5, dayRule: 'next-business-day' as const, from: day('2026-10-01') }
  await core.createPlan({ body: { ...plan, ...rhythm } }, call)
  const closed = await core.closePeriod({ body: { closedThrough: day('2026-01-31'), reason: 'audited', accountId: depot.id } }, call)
  const late = { kind: 'fee' as const, date: day('2026-01-30'), amount: '1' }
  await core.recordTransaction({ params: { accountId: depot.id }, body: late }, { ...call, override: 'late statement' })
  await core.closePeriod({ body: { closedThrough: day('2025-12-31'), reason: 'all' } }, call)
  await core.reopenPeriod({ params: { lockId: closed.id }, body: { reason: 'again' } }, call)
  return { depot, dollars, taxonomyId: taxonomy.id }
}

function dayAfter(first: string, days: number): string {
  return new Date(Date.parse(first) + days * 86_400_000).toISOString().slice(0, 10)
}
