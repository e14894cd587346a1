import type { Call } from '@pe/contracts/actor.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import { addDays, addMonths } from '@pe/finance/time/plain-date.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import { DemoBook, demoAccounts } from './demo-book.ts'
import { DemoMarket, demoInstruments } from './demo-market.ts'
import { tellStory } from './demo-story.ts'

export interface DemoDeps {
  readonly core: Client<CoreRoutes>
  readonly market: Client<MarketRoutes>
  readonly clock: Clock
  readonly call: Call
}

export const demoPortfolioName = 'Demo'
/** One import like any other, so that it can be undone like any other. */
export const demoImportId = 'de300000-0000-7000-8000-000000000001'
const months = 72

/** Fills a portfolio whose prices are made up and labelled so, six years back from yesterday; does nothing when there is one. Says whether it did. */
export async function seedDemo({ core, market, clock, call }: DemoDeps): Promise<boolean> {
  const { items } = await core.listPortfolios({ query: { name: demoPortfolioName } }, call)
  if (items.length > 0) return false

  const today = clock.today(call.actor.timeZone)
  const made = new DemoMarket(addMonths(today, -months), addDays(today, -1))
  const ids = await createInstruments(market, call)
  const idOf = (key: string): string => {
    const id = ids.get(key)
    if (!id) throw new Error(`the demo instrument ${key} was not created`)
    return id
  }
  const series = demoInstruments.map(({ key }) => ({ instrumentId: idOf(key), closes: made.closes(key) }))
  await market.recordCloseBatch({ body: { importId: demoImportId, series } }, call)
  await recordMissingRates(market, call, made)

  const book = new DemoBook(made, idOf)
  tellStory(book, made, months)
  const body = {
    importId: demoImportId,
    dryRun: false,
    skipRefused: false,
    accounts: [...demoAccounts],
    portfolio: { name: demoPortfolioName, baseCurrency: 'EUR' },
    transactions: book.rows,
  }
  await core.recordBatch({ body }, call)
  return true
}

async function createInstruments(market: Client<MarketRoutes>, call: Call): Promise<Map<string, string | null>> {
  const instruments = demoInstruments.map(({ key, instrument }) => ({ key, instrument }))
  const { found } = await market.resolveInstruments({ body: { importId: demoImportId, dryRun: false, generated: true, instruments } }, call)
  return new Map(found.map(({ key, instrumentId }) => [key, instrumentId]))
}

/** Real rates are worth more than made-up ones: a pair that has any is left as it is. */
async function recordMissingRates(market: Client<MarketRoutes>, call: Call, made: DemoMarket): Promise<void> {
  const rates = made.rates()
  const currencies = [...new Set(rates.flatMap(({ base, quote }) => [base, quote]))]
  const { series } = await market.packedRates({ body: { currencies } }, call)
  const known = new Set(series.flatMap(({ base, quote }) => [`${base} ${quote}`, `${quote} ${base}`]))
  const missing = rates.filter(({ base, quote }) => !known.has(`${base} ${quote}`))
  await market.recordRateBatch({ body: { importId: demoImportId, rates: missing } }, call)
}
