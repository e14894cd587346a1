import type { NewAction } from '@pe/contracts/actions.ts'
import type { Holdings, Performance } from '@pe/contracts/analytics.ts'
import type { NewBalanceAssertion } from '@pe/contracts/assertions.ts'
import type { NewEvent } from '@pe/contracts/events.ts'
import type { NewPlan } from '@pe/contracts/plans.ts'
import type { Positions } from '@pe/contracts/positions.ts'
import type { RealisedGains } from '@pe/contracts/realised-gains.ts'
import type { NewTransaction } from '@pe/contracts/transactions.ts'
import { eventKinds } from '@pe/finance/ledger/event-legs.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Act, ActionTerms, Entry } from './entry.ts'
import type { Keeper } from './keeper.ts'
import type { Expectation, PeriodFigure } from './read-expectation.ts'
import { currencyQuotedIn, type Scenario } from './scenario.ts'

/** What was known when; now, without it. */
export interface Knowledge {
  readonly knownAt?: string
}

/** What of a transaction a scenario looks at. */
export interface Recorded {
  readonly id: string
  readonly kind: string
  readonly date: string
  readonly state: string
  readonly instrumentId: string | null
  readonly quantity: string | null
  readonly version: number
}

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
  /** Posted ones and drafts. */
  transactions(portfolioId: string): Promise<readonly Recorded[]>
  replaceTransaction(standing: Recorded, transaction: NewTransaction): Promise<string | null>
  createPlan(plan: NewPlan): Promise<string | null>
  postDrafts(transactionIds: string[]): Promise<string | null>
  closePeriod(period: { accountId: string; closedThrough: string }): Promise<string | null>
  assertBalance(assertion: NewBalanceAssertion): Promise<string | null>
  assertions(portfolioId: string): Promise<readonly { date: string; currency: string | null; difference: string | null }[]>
  /** A moment after all that was recorded, and before all that will be. */
  moment(portfolioId: string): Promise<string>
  realisedGains(portfolioId: string, over: { from: string; to: string } & Knowledge): Promise<RealisedGains>
  positions(portfolioId: string, asOf: string, known: Knowledge): Promise<Positions>
  holdings(portfolioId: string, asOf: string, known: Knowledge): Promise<Holdings>
  performance(portfolioId: string, over: { from: string; to: string } & Knowledge): Promise<Performance>
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
  const moments = new Map<string, string>()
  const instrumentOf = (name: string) => idOf(instruments, name)
  const stated = async (entry: Entry): Promise<NewTransaction> => {
    const transaction = toTransaction(entry, (name) => idOf(accounts, name), instrumentOf)
    if (!entry.lots) return transaction
    const bought = await api.transactions(portfolioId)
    const lots = entry.lots.map(({ quantity, acquiredOn }) => ({
      transactionId: bought.find(({ instrumentId, date }) => instrumentId === transaction.instrumentId && date === acquiredOn)?.id ?? '',
      quantity,
    }))
    return { ...transaction, lots }
  }
  const carryOut = async (act: Act, accountId: string): Promise<string | null> => {
    switch (act.act) {
      case 'correct': {
        const standing = (await api.transactions(portfolioId)).find(({ kind, date }) => kind === act.kind && date === act.date)
        if (!standing) throw new Error(`there is no ${act.kind} of ${act.date} to correct`)
        return api.replaceTransaction(standing, await stated(act.instead))
      }
      case 'remember':
        moments.set(act.name, await api.moment(portfolioId))
        return null
      case 'plan': {
        const { amount, currency, day, fee, from, until, instrument } = act
        const terms = { amount, currency, day, fee, from, until, rhythm: act.rhythm, dayRule: 'as-scheduled' }
        return api.createPlan({
          ...terms,
          name: `${instrument} plan`,
          kind: 'buy',
          accountId,
          instrumentId: instrumentOf(instrument),
        } as NewPlan)
      }
      case 'post drafts':
        return api.postDrafts((await draftsOf(api, portfolioId)).map(({ id }) => id))
      case 'close':
        return api.closePeriod({ accountId, closedThrough: act.through })
      case 'state': {
        const { amount, currency, date } = act
        return api.assertBalance({ accountId, date, cash: { amount, currency } } as NewBalanceAssertion)
      }
    }
  }
  return {
    record: async (entry) => {
      if (entry.act) return carryOut(entry.act, idOf(accounts, entry.account))
      if (entry.action) return api.applyAction(toAction(entry, entry.action, (name) => idOf(instruments, name)))
      const transaction = await stated(entry)
      const accountId = idOf(accounts, entry.account)
      if (!isEvent(entry.kind)) return api.recordTransaction(accountId, transaction)
      const { instrumentId = '', quantity = '', ...shared } = transaction
      return api.recordEvent(accountId, { ...shared, kind: entry.kind, instrumentId, quantity } as NewEvent)
    },
    figure: (expectation) => {
      const knownAt = expectation.knownTo === undefined ? undefined : idOf(moments, expectation.knownTo)
      return figureOf(api, portfolioId, instrumentOf, expectation, knownAt === undefined ? {} : { knownAt })
    },
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
  known: Knowledge,
): Promise<string | readonly string[]> {
  switch (asked.figure) {
    case 'holds':
      return (
        (await api.positions(portfolioId, asked.date, known)).positions.find(
          ({ instrumentId }) => instrumentId === instrument(asked.instrument),
        )?.quantity ?? '0'
      )
    case 'lots': {
      const { positions } = await api.positions(portfolioId, asked.date, known)
      const own = positions.find(({ instrumentId }) => instrumentId === instrument(asked.instrument))
      return (own?.lots ?? []).map((lot) => `${lot.quantity} of ${lot.acquiredOn}`)
    }
    case 'cash': {
      const { cash } = await api.positions(portfolioId, asked.date, known)
      return Decimal.sum(
        cash.filter(({ balance }) => balance.currency === asked.currency).map(({ balance }) => Decimal.parse(balance.amount)),
      ).toString()
    }
    case 'cost': {
      const { holdings } = await api.holdings(portfolioId, asked.date, known)
      return told(holdings.find(({ instrumentId }) => instrumentId === instrument(asked.instrument))?.cost)
    }
    case 'value':
      return toldWithAge((await api.holdings(portfolioId, asked.date, known)).totals.value)
    case 'drafts':
      return (await draftsOf(api, portfolioId))
        .filter(({ instrumentId }) => instrumentId === instrument(asked.instrument))
        .map(({ quantity, date }) => `${quantity} of ${date}`)
    case 'difference': {
      const stated = await api.assertions(portfolioId)
      return stated.find(({ date, currency }) => date === asked.date && currency === asked.currency)?.difference ?? 'unknown'
    }
    case 'short-term gain':
    case 'long-term gain': {
      const { byTerm } = await api.realisedGains(portfolioId, { from: asked.from, to: asked.to, ...known })
      const found = byTerm.find(({ term }) => asked.figure === `${term}-term gain`)
      return found ? told(found.totals.gain) : '0'
    }
    default:
      return ofPeriod(await api.performance(portfolioId, { from: asked.from, to: asked.to, ...known }), asked.figure)
  }
}

/** Oldest first. */
async function draftsOf(api: Api, portfolioId: string): Promise<Recorded[]> {
  const drafts = (await api.transactions(portfolioId)).filter(({ state }) => state === 'draft')
  return drafts.sort((a, b) => (a.date < b.date ? -1 : 1))
}

function ofPeriod(performance: Performance, figure: Exclude<PeriodFigure, 'short-term gain' | 'long-term gain'>): string {
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
