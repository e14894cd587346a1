import type { Account, NewAccount } from '@pe/contracts/accounts.ts'
import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { BatchTransaction } from '@pe/contracts/batches.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import { coreRoutes } from '@pe/contracts/core.ts'
import type { Close, MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { Booking, NewTransaction } from '@pe/contracts/transactions.ts'
import { type PlainDate, plainDate } from '@pe/finance/time/plain-date.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import { inGroups } from '@pe/platform/db/grouped-writes.ts'
import { idempotently } from '@pe/platform/db/idempotently.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import type { OncePerKey } from '@pe/platform/http/keyed-request.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { checkedClient } from '@pe/platform/testing/checked-client.ts'
import { type TestService, testClock, testService } from '@pe/platform/testing/test-service.ts'
import { createCore } from '../src/service.ts'
import type { CoreTables } from '../src/store/tables.ts'

export const vwce = '01900000-0000-7000-8000-00000000aaaa'
export const apple = '01900000-0000-7000-8000-00000000bbbb'
const names = new Map([
  [vwce, 'VWCE'],
  [apple, 'Apple'],
])

export interface CoreUnderTest extends TestService<CoreRoutes, CoreTables> {
  readonly core: Client<CoreRoutes>
  /** The same as the server hands it out: once per key, and in groups. */
  readonly served: Client<CoreRoutes>
  account(more?: Partial<NewAccount>): Promise<Account>
  record(accountId: string, transaction: Shorthand): Promise<Booking>
  /** Facts announced since the last look. */
  news(): Promise<{ name: string; body: unknown }[]>
}

/** Days as plain text. */
export type Shorthand = Omit<NewTransaction, 'date'> & { date: string }

/** Core on a database of its own; market knows two instruments and the rate 1 EUR = 1.25 USD from 2026-01-01 on. */
export async function coreUnderTest(clock: Clock = testClock()): Promise<CoreUnderTest> {
  const test = await testService<CoreRoutes, CoreTables>({
    name: 'core',
    clock,
    migrations: new URL('../migrations/', import.meta.url),
    create: (deps) => createCore({ ...deps, market }),
  })
  const core = checkedClient(coreRoutes, test.service.handlers)
  let [accounts, seen] = [0, 0]
  const { db } = test.deps
  const oncePerKey: OncePerKey = (call, request, run) => idempotently(db, call, request, run)
  return Object.assign(test, {
    core,
    served: inProcessClient(coreRoutes, test.service.handlers, oncePerKey, inGroups(db, test.service.together ?? {})),
    account(more: Partial<NewAccount> = {}) {
      accounts += 1
      return core.createAccount({ body: { name: `Account ${accounts}`, currency: 'EUR', ...more } }, test.call)
    },
    record: (accountId: string, { date, ...rest }: Shorthand) =>
      core.recordTransaction({ params: { accountId }, body: { ...rest, date: plainDate(date) } }, test.call),
    async news() {
      const facts = await test.announced()
      const fresh = facts.slice(seen)
      seen = facts.length
      return fresh.map(({ name, body }) => ({ name, body }))
    },
  })
}

/** Corporate actions that market has recorded, by id. */
export const actionsOfMarket = new Map<string, CorporateAction>()

/** Closes that market knows: a test fills them in. */
export const closes = new Map<string, Close[]>()

const silent = async (): Promise<never> => {
  throw new Error('core does not ask market for this')
}

/** What core asks of market, answered from a list. */
const market: Client<MarketRoutes> = {
  listInstruments: silent,
  createInstrument: silent,
  changeInstrument: silent,
  async listCloses({ params: { instrumentId }, query: { from, to } }) {
    const items = (closes.get(instrumentId) ?? []).filter(({ date }) => (!from || date >= from) && (!to || date <= to))
    return { items, next: null }
  },
  recordCloses: silent,
  listRates: silent,
  recordRates: silent,
  resolveInstruments: silent,
  recordCloseBatch: silent,
  recordRateBatch: silent,
  undoMarketImport: silent,
  restoreInstruments: silent,
  restoreActions: silent,
  packedCloses: silent,
  listActions: silent,
  recordAction: silent,
  changeAction: silent,
  removeAction: silent,
  async getAction({ params: { actionId } }) {
    const action = actionsOfMarket.get(actionId)
    if (!action) throw new Refused('not_found', 'there is no such corporate action')
    return action
  },
  async getInstrument({ params: { instrumentId } }) {
    const name = names.get(instrumentId)
    if (!name) throw new Refused('not_found', 'there is no such instrument')
    const createdAt = '2026-01-01T00:00:00.000Z'
    return {
      id: instrumentId,
      name,
      kind: 'stock',
      currency: 'EUR',
      quoteUnit: 'EUR',
      generated: false,
      lastClose: null,
      createdAt,
      version: 1,
    }
  },
  async packedRates() {
    return { series: [{ base: 'EUR', quote: 'USD', days: [20454], rates: ['1.25'] }] }
  },
}

export const day = (text: string): PlainDate => plainDate(text)

/** A row of a batch in account `depot`; rows count from 1. */
export function row(number: number, stated: Partial<Omit<BatchTransaction, 'date'>> & { date: string }): BatchTransaction {
  return {
    kind: 'buy',
    state: 'posted',
    accountKey: 'depot',
    sourceKey: `row-${number}`,
    row: number,
    instrumentId: vwce,
    quantity: '1',
    amount: '100',
    ...stated,
    date: plainDate(stated.date),
  }
}
