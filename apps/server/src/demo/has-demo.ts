import type { Call } from '@pe/contracts/actor.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import { demoInstruments } from './demo-market.ts'

/** Whether the demo was filled here once: its prices are made up on every later start too, and every screen is to say so. */
export async function hasDemo(market: Pick<Client<MarketRoutes>, 'listInstruments'>, call: Call): Promise<boolean> {
  const [first] = demoInstruments
  if (!first?.instrument.symbol) return false
  const { items } = await market.listInstruments({ query: { text: first.instrument.symbol } }, call)
  return items.some(({ generated }) => generated)
}
