import type { AppliedAction } from '@pe/contracts/action-applications.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import { columnsOf, type LedgerEntryText } from '@pe/contracts/ledger-columns.fixture.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Portfolio } from '@pe/contracts/portfolios.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { ObjectKind, Taxonomy } from '@pe/contracts/taxonomies.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { dayNumber, plainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'

/** A stable uuid for a readable name. */
export function idOf(name: string): string {
  const hex = Buffer.from(name).toString('hex').padEnd(32, '0').slice(0, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

export type GivenEntry = Omit<LedgerEntryText, 'id' | 'accountId' | 'fee' | 'tax' | 'date'> & {
  date: string
  account: string
  cashAccount?: string
  toAccount?: string
  instrument?: string
  fee?: string
  tax?: string
}

interface GivenInstrument {
  name: string
  symbol: string
  currency: string
  quoteUnit: string
  closes: Map<string, string>
}

/**
 * Books and prices of a test: what core and market would answer about them, and how often they were asked. Versions move as in core, one
 * step with every change of an account.
 */
export class GivenBooks {
  readonly asked: Record<string, number> = {}
  readonly #accounts = new Map<string, { name: string; currency: string; version: number }>()
  readonly #portfolios = new Map<string, { name: string; baseCurrency: string; accountIds: string[] } & Partial<Portfolio>>()
  readonly #taxonomies = new Map<string, Taxonomy>()
  readonly #instruments = new Map<string, GivenInstrument>()
  readonly #rates = new Map<string, { base: string; quote: string; points: Map<string, string> }>()
  #entries: LedgerEntryText[] = []
  #actions: readonly AppliedAction[] = []
  /** Each entry that came or went, in the order in which it did. */
  readonly #changes: LedgerEntryText[] = []
  #count = 0

  account(name: string, currency: string): string {
    this.#accounts.set(idOf(name), { name, currency, version: 0 })
    return idOf(name)
  }

  portfolio(name: string, baseCurrency: string, accounts: readonly string[], more: Partial<Portfolio> = {}): string {
    this.#portfolios.set(idOf(name), { ...more, name, baseCurrency, accountIds: accounts.map(idOf) })
    return idOf(name)
  }

  /** `nodes` are 'own < parent'; `assigned` are kind, object, node and percent. */
  taxonomy(name: string, nodes: readonly string[], assigned: readonly (readonly [ObjectKind, string, string, string])[]): string {
    const id = idOf(name)
    const tree = nodes.map((line) => {
      const [own = '', parent] = line.split(' < ')
      return { id: idOf(own), parentId: parent === undefined ? null : idOf(parent), name: own, description: '', colour: null }
    })
    const assignments = assigned.map(([kind, object, node, weight]) => ({ kind, objectId: idOf(object), nodeId: idOf(node), weight }))
    this.#taxonomies.set(id, { id, name, note: '', createdAt: '2026-01-01T00:00:00.000Z', version: 7, nodes: tree, assignments })
    return id
  }

  instrument(name: string, currency: string, closes: Iterable<readonly [string, string]> = [], unit = currency): string {
    const symbol = name.toUpperCase().slice(0, 4)
    this.#instruments.set(idOf(name), { name, symbol, currency, quoteUnit: unit, closes: new Map(closes) })
    return idOf(name)
  }

  close(instrument: string, date: string, close: string): void {
    this.#instruments.get(idOf(instrument))?.closes.set(date, close)
  }

  rate(base: string, quote: string, date: string, rate: string): void {
    const pair = this.#rates.get(`${base}/${quote}`) ?? { base, quote, points: new Map() }
    this.#rates.set(`${base}/${quote}`, pair)
    pair.points.set(date, rate)
  }

  /** Records a transaction; answers its id and the version of the account's book after it. */
  record(given: GivenEntry): { id: string; version: number } {
    const { account, cashAccount, toAccount, instrument, fee = '0', tax = '0', date, ...rest } = given
    this.#count += 1
    const entry: LedgerEntryText = {
      ...rest,
      id: idOf(`tx ${this.#count}`),
      date: plainDate(date),
      accountId: idOf(account),
      ...(cashAccount ? { cashAccountId: idOf(cashAccount) } : {}),
      ...(toAccount ? { toAccountId: idOf(toAccount) } : {}),
      ...(instrument ? { instrumentId: idOf(instrument) } : {}),
      fee,
      tax,
    }
    const after = this.#entries.findIndex((other) => other.date > entry.date)
    this.#entries.splice(after < 0 ? this.#entries.length : after, 0, entry)
    return { id: entry.id, version: this.#touch(entry) }
  }

  /** Takes a transaction out of the book again. */
  voided(id: string): { version: number } {
    const entry = this.#entries.find((each) => each.id === id)
    if (!entry) throw new Error(`no transaction ${id}`)
    this.#entries = this.#entries.filter((each) => each !== entry)
    return { version: this.#touch(entry) }
  }

  /** Applies a corporate action to the accounts it names, by their names; answers what takes it back. */
  applied(action: Omit<AppliedAction, 'id' | 'accounts'>, accounts: readonly { account: string; cashAccount?: string }[]): () => void {
    this.#count += 1
    const choices = accounts.map(({ account, cashAccount }) => ({
      accountId: idOf(account),
      ...(cashAccount === undefined ? {} : { cashAccountId: idOf(cashAccount) }),
    }))
    const standing: AppliedAction = { ...action, id: idOf(`action ${this.#count}`), accounts: choices }
    const bump = (): void => {
      for (const id of choices.flatMap(({ accountId, cashAccountId }) => [accountId, cashAccountId])) {
        const book = id === undefined ? undefined : this.#accounts.get(id)
        if (book) book.version += 1
      }
    }
    this.#actions = [...this.#actions, standing]
    bump()
    return () => {
      this.#actions = this.#actions.filter((each) => each !== standing)
      bump()
    }
  }

  forgetPortfolio(name: string): void {
    this.#portfolios.delete(idOf(name))
  }

  readonly core: Client<CoreRoutes> = only<CoreRoutes>(this.asked, {
    getPortfolio: async ({ params: { portfolioId } }) => {
      const portfolio = this.#portfolios.get(portfolioId)
      if (!portfolio) throw new Refused('not_found', 'There is no such portfolio.')
      const dates = this.#touching(portfolio.accountIds).map(({ date }) => date)
      const [firstDay = null, lastDay = null] = [dates[0], dates.at(-1)]
      const rest = { firstDay, lastDay, transactionCount: dates.length, createdAt: '2026-01-01T00:00:00.000Z', version: 1 }
      const shown = { type: 'taxable', inceptionDate: null, benchmarkId: null, archivedOn: null, portfolioIds: [] } as const
      return {
        id: portfolioId,
        costMethod: 'fifo' as const,
        lotScope: 'account' as const,
        ...shown,
        portfolioIds: [],
        ...portfolio,
        ...rest,
      }
    },
    getTaxonomy: async ({ params: { taxonomyId } }) => {
      const taxonomy = this.#taxonomies.get(taxonomyId)
      if (!taxonomy) throw new Refused('not_found', 'There is no such taxonomy.')
      return taxonomy
    },
    getAccount: async ({ params: { accountId } }) => {
      const account = this.#accounts.get(accountId)
      if (!account) throw new Refused('not_found', 'There is no such account.')
      const { name, currency } = account
      const rest = { openedOn: null, allowsShort: false, note: '', archivedOn: null, createdAt: '2026-01-01T00:00:00.000Z', version: 1 }
      return { id: accountId, name, currency, transactionCount: this.#touching([accountId]).length, ...rest }
    },
    ledger: async ({ body: { accountIds } }) => ({
      versions: this.#versions(accountIds),
      upTo: this.#changes.length,
      entries: columnsOf(this.#touching(accountIds)),
      actions: this.#appliedTo(accountIds),
    }),
    ledgerChanges: async ({ body: { accountIds, since } }) => {
      const days = new Set(this.#touching(accountIds, this.#changes.slice(since)).map(({ date }) => date))
      return {
        versions: this.#versions(accountIds),
        upTo: this.#changes.length,
        days: [...days],
        entries: columnsOf(this.#touching(accountIds).filter(({ date }) => days.has(date))),
        actions: this.#appliedTo(accountIds),
      }
    },
    bookVersions: async ({ body: { accountIds } }) => ({
      versions: this.#versions(accountIds).map(({ accountId, version }) => ({ accountId, version })),
    }),
  })

  readonly market: Client<MarketRoutes> = only<MarketRoutes>(this.asked, {
    packedCloses: async ({ body: { instrumentIds } }) => ({
      series: instrumentIds.flatMap((instrumentId) => {
        const found = this.#instruments.get(instrumentId)
        if (!found) return []
        const { closes, ...named } = found
        return [{ instrumentId, ...named, generated: false, closes: packed(closes) }]
      }),
    }),
    packedRates: async () => ({
      series: Array.from(this.#rates.values(), ({ base, quote, points }) => {
        const sorted = [...points].sort(([a], [b]) => (a < b ? -1 : 1))
        const days = sorted.map(([date]) => dayNumber(plainDate(date)))
        return { base, quote, days, rates: sorted.map(([, rate]) => rate) }
      }),
    }),
  })

  #touch(entry: LedgerEntryText): number {
    this.#changes.push(entry)
    for (const id of [entry.accountId, entry.cashAccountId, entry.toAccountId]) {
      const account = id === undefined ? undefined : this.#accounts.get(id)
      if (account) account.version += 1
    }
    return this.#accounts.get(entry.accountId)?.version ?? 0
  }

  #appliedTo(accountIds: readonly string[]): AppliedAction[] {
    const wanted = new Set(accountIds)
    return this.#actions.filter(({ accounts }) =>
      accounts.some(({ accountId, cashAccountId = accountId }) => wanted.has(accountId) || wanted.has(cashAccountId)),
    )
  }

  #touching(accountIds: readonly string[], entries: readonly LedgerEntryText[] = this.#entries): LedgerEntryText[] {
    const wanted = new Set(accountIds)
    return entries.filter(({ accountId, cashAccountId, toAccountId }) =>
      [accountId, cashAccountId, toAccountId].some((id) => id !== undefined && wanted.has(id)),
    )
  }

  #versions(accountIds: readonly string[]) {
    return accountIds.flatMap((accountId) => {
      const account = this.#accounts.get(accountId)
      return account ? [{ accountId, version: account.version, currency: account.currency }] : []
    })
  }
}

/** A client of which a test uses a few operations; every other one fails the test that calls it. */
function only<T extends CoreRoutes | MarketRoutes>(asked: Record<string, number>, given: Partial<Client<T>>): Client<T> {
  return new Proxy(given, {
    get(target, name: string) {
      const operation = target[name as keyof typeof target] as ((...all: unknown[]) => Promise<unknown>) | undefined
      if (!operation) throw new Error(`${name} is not part of this test`)
      return (...all: unknown[]) => {
        asked[name] = (asked[name] ?? 0) + 1
        return operation(...all)
      }
    },
  }) as Client<T>
}

function packed(closes: ReadonlyMap<string, string>) {
  const sorted = [...closes].sort(([a], [b]) => (a < b ? -1 : 1))
  const [days, values] = [Buffer.alloc(sorted.length * 4), Buffer.alloc(sorted.length * 8)]
  for (const [index, [date, close]] of sorted.entries()) {
    days.writeInt32BE(dayNumber(plainDate(date)), index * 4)
    values.writeDoubleBE(Decimal.parse(close).toScaled(8) ?? Number.NaN, index * 8)
  }
  return { days: days.toString('base64'), values: values.toString('base64'), exact: [] }
}
