import type { NewAction } from '@pe/contracts/actions.ts'
import type { Holdings, Performance } from '@pe/contracts/analytics.ts'
import type { NewEvent } from '@pe/contracts/events.ts'
import type { Positions } from '@pe/contracts/positions.ts'
import type { NewTransaction } from '@pe/contracts/transactions.ts'
import { eventKinds } from '@pe/finance/ledger/event-legs.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { ActionTerms, Entry } from './entry.ts'
import type { Keeper } from './keeper.ts'
import type { Expectation, PeriodFigure } from './read-expectation.ts'
import { currencyQuotedIn, type Scenario } from './scenario.ts'

/** The operations a scenario needs, however they are reached: called in one process, or over HTTP by the SDK. */
export interface Api {
  createInstrument(instrument: { name: string; currency: string; quoteUnit: string }): Promise<string>
  recordCloses(instrumentId: string, closes: { date: string; close: string }[]): Promise<void>
  recordRates(rates: { date: string; base: string; quote: string; rate: string }[]): Promise<void>
  createAccount(account: { name: string; currency: string }): Promise<string>
  createPortfolio(portfolio: {
    name: string
    baseCurrency: string
    costMethod: Scenario['costMethod']
    accountIds: string[]
  }): Promise<string>
  /** Records a corporate action and applies it to all that hold its instrument; null, or the refusal's code. */
  applyAction(action: NewAction): Promise<string | null>
  /** Null, or the refusal's code. */
  recordTransaction(accountId: string, transaction: NewTransaction): Promise<string | null>
  recordEvent(accountId: string, event: NewEvent): Promise<string | null>
  positions(portfolioId: string, asOf: string): Promise<Positions>
  holdings(portfolioId: string, asOf: string): Promise<Holdings>
  performance(portfolioId: string, from: string, to: string): Promise<Performance>
}

/** Keeps the book of a scenario through the product's own operations. Names get a mark of their own, so that scenarios can share a server. */
export async function apiKeeper(api: Api, scenario: Scenario, mark: string): Promise<Keeper> {
  const instruments = new Map<string, string>()
  for (const [name, quoteUnit] of Object.entries(scenario.instruments)) {
    const id = await api.createInstrument({ name: `${name} ${mark}`, currency: currencyQuotedIn(quoteUnit), quoteUnit })
    instruments.set(name, id)
    const closes = scenario.closes.filter(({ instrument }) => instrument === name).map(({ date, close }) => ({ date, close }))
    if (closes.length > 0) await api.recordCloses(id, closes)
  }
  if (scenario.rates.length > 0) await api.recordRates([...scenario.rates])
  const accounts = new Map<string, string>()
  for (const [name, currency] of Object.entries(scenario.accounts))
    accounts.set(name, await api.createAccount({ name: `${name} ${mark}`, currency }))
  const { baseCurrency, costMethod } = scenario
  const portfolioId = await api.createPortfolio({
    name: `${scenario.title} ${mark}`,
    baseCurrency,
    costMethod,
    accountIds: [...accounts.values()],
  })
  const idOf = (ids: ReadonlyMap<string, string>, name: string): string => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`the scenario knows no ${name}`)
    return id
  }
  return {
    record: (entry) => {
      if (entry.action) return api.applyAction(toAction(entry, entry.action, (name) => idOf(instruments, name)))
      const stated = toTransaction(
        entry,
        (name) => idOf(accounts, name),
        (name) => idOf(instruments, name),
      )
      const accountId = idOf(accounts, entry.account)
      if (!isEvent(entry.kind)) return api.recordTransaction(accountId, stated)
      const { instrumentId = '', quantity = '', ...shared } = stated
      return api.recordEvent(accountId, { ...shared, kind: entry.kind, instrumentId, quantity } as NewEvent)
    },
    figure: (expectation) => figureOf(api, portfolioId, (name) => idOf(instruments, name), expectation),
  }
}

function isEvent(kind: string): boolean {
  return (eventKinds as readonly string[]).includes(kind)
}

async function figureOf(
  api: Api,
  portfolioId: string,
  instrument: (name: string) => string,
  asked: Expectation,
): Promise<string | readonly string[]> {
  switch (asked.figure) {
    case 'holds':
      return (
        (await api.positions(portfolioId, asked.date)).positions.find(({ instrumentId }) => instrumentId === instrument(asked.instrument))
          ?.quantity ?? '0'
      )
    case 'lots': {
      const { positions } = await api.positions(portfolioId, asked.date)
      const own = positions.find(({ instrumentId }) => instrumentId === instrument(asked.instrument))
      return (own?.lots ?? []).map((lot) => `${lot.quantity} of ${lot.acquiredOn}`)
    }
    case 'cash': {
      const { cash } = await api.positions(portfolioId, asked.date)
      return Decimal.sum(
        cash.filter(({ balance }) => balance.currency === asked.currency).map(({ balance }) => Decimal.parse(balance.amount)),
      ).toString()
    }
    case 'cost': {
      const { holdings } = await api.holdings(portfolioId, asked.date)
      return told(holdings.find(({ instrumentId }) => instrumentId === instrument(asked.instrument))?.cost)
    }
    case 'value':
      return toldWithAge((await api.holdings(portfolioId, asked.date)).totals.value)
    default:
      return ofPeriod(await api.performance(portfolioId, asked.from, asked.to), asked.figure)
  }
}

function ofPeriod(performance: Performance, figure: PeriodFigure): string {
  if (figure === 'TWR') return String(performance.twr.value)
  if (figure === 'XIRR') return String(performance.xirr.value)
  if (figure === 'max drawdown') return String(performance.maxDrawdown.value)
  const lines = performance.statement
  if (lines?.addsUp === false) throw new Error('the period statement does not add up')
  return told(
    lines &&
      {
        flows: lines.flows,
        'realised gain': lines.realisedGain,
        'unrealised gain': lines.unrealisedGain,
        income: lines.income,
        fees: lines.fees,
        taxes: lines.taxes,
        'currency gain': lines.currencyGain,
      }[figure],
  )
}

function told(figure: { amount: string | null; reason?: string } | undefined): string {
  return figure?.amount ?? `unknown (${figure?.reason ?? 'absent'})`
}

function toldWithAge(figure: Holdings['totals']['value']): string {
  return figure.staleSince !== undefined ? `${told(figure)}, stale` : told(figure)
}

function toAction(entry: Entry, { into, ...terms }: ActionTerms, instrument: (name: string) => string): NewAction {
  const named = { instrumentId: instrument(entry.instrument ?? ''), exDate: entry.date, currency: entry.currency }
  return { ...terms, ...named, ...(into ? { intoInstrumentId: instrument(into) } : {}) } as NewAction
}

function toTransaction(entry: Entry, account: (name: string) => string, instrument: (name: string) => string): NewTransaction {
  const { kind, date, quantity, price, amount, currency, fee, tax, received, rate } = entry
  const given = { quantity, price, amount, currency, fee, tax, received, rate }
  return {
    kind,
    date,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(entry.instrument ? { instrumentId: instrument(entry.instrument) } : {}),
    ...(entry.toAccount ? { toAccountId: account(entry.toAccount) } : {}),
  } as NewTransaction
}
