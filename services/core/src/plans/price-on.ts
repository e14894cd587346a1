import type { Call } from '@pe/contracts/actor.ts'
import type { Instrument } from '@pe/contracts/market.ts'
import { currency, quoteUnit } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { certain, type Known, unknown } from '@pe/finance/prices/known.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { converterBetween } from '../cash.ts'
import type { CoreDeps } from '../core-deps.ts'

/** What one unit costs on a day, in the currency of the plan; unknown without a close or a rate of that very day. */
export type PriceOn = (day: PlainDate) => Known<Decimal>

/** Reads the closes of a span once. */
export async function priceOn(
  core: CoreDeps,
  call: Call,
  instrumentId: string,
  inCurrency: string,
  from: PlainDate,
  to: PlainDate,
): Promise<PriceOn> {
  const instrument = await core.market.getInstrument({ params: { instrumentId } }, call)
  const quoted = quoteUnit(instrument.quoteUnit)
  const closes = await closesBetween(core, call, instrument, from, to)
  const converter = await converterBetween(core, call, [quoted?.currency ?? instrument.currency, inCurrency])
  return (day) => {
    const close = closes.get(day)
    if (close === undefined || quoted === null)
      return unknown('missing-close', `no close of ${instrument.name} on ${day}`, { name: instrument.name, date: day })
    const perUnit = Decimal.parse(close).ratio(quoted.perCurrency)
    if (quoted.currency === inCurrency) return certain(perUnit)
    const way = converter.conversion(quoted.currency, currency(inCurrency), day)
    return way.known ? certain(perUnit.times(way.value.numerator).ratio(way.value.denominator)) : way
  }
}

async function closesBetween(core: CoreDeps, call: Call, { id }: Instrument, from: PlainDate, to: PlainDate): Promise<Map<string, string>> {
  const closes = new Map<string, string>()
  let cursor: string | null = null
  do {
    const query = { from, to, limit: 1000, ...(cursor === null ? {} : { cursor }) }
    const page: Awaited<ReturnType<typeof core.market.listCloses>> = await core.market.listCloses(
      { params: { instrumentId: id }, query },
      call,
    )
    for (const { date, close } of page.items) closes.set(date, close)
    cursor = page.next
  } while (cursor !== null)
  return closes
}
