import { digitsOf } from '../money/currency.ts'
import { cashBalances } from './cash-balances.ts'
import { cashSeries } from './cash-series.ts'
import { ConversionColumns } from './conversion-columns.ts'
import type { DailyValuation, ValuationInput } from './daily-valuation.ts'
import { EntryAmounts } from './entry-amounts.ts'
import { externalFlows, instrumentFlows } from './external-flows.ts'
import { mergedGaps } from './gaps.ts'
import { heldPositions } from './held-positions.ts'
import { type InstrumentSeries, instrumentSeries } from './instrument-series.ts'
import { MarketValues, type Pricing } from './market-values.ts'
import { tradedPrices } from './traded-prices.ts'

/**
 * Value and external flows of a scope on every calendar day of a span, on integers held in doubles (docs/specs/valuation.md, "fast path").
 * Equal to the decimal path to the cent: a property of the tests. Values in minor units of `input.currency`.
 * Throws a `KernelOverflow` for amounts past 2^53 minor units (the decimal path carries them) and a RangeError for an empty span.
 */
export function valueDaily(input: ValuationInput): DailyValuation {
  return valued(input, null, null)
}

/**
 * The same after some instruments changed (their units or closes), the rest taken from a valuation of the same scope, span, currency and
 * options; cash and flows are folded again. Equal to `valueDaily` of the same input, if nothing but these instruments and cash changed.
 */
export function revalueDaily(previous: DailyValuation, input: ValuationInput, changedInstruments: ReadonlySet<string>): DailyValuation {
  if (previous.firstDay !== input.firstDay || previous.lastDay !== input.lastDay || previous.currency !== input.currency)
    throw new RangeError('a revaluation needs a valuation of the same days and currency')
  return valued(input, previous, changedInstruments)
}

/** @param changed null = all of them */
function valued(input: ValuationInput, previous: DailyValuation | null, changed: ReadonlySet<string> | null): DailyValuation {
  const { scope, ledger, closes, currency, firstDay, lastDay } = input
  if (lastDay < firstDay) throw new RangeError('the last day is before the first')
  const pricing = pricingOf(input)
  const accountIn = Uint8Array.from(ledger.accounts, (id) => (scope.accountIds.has(id) ? 1 : 0))
  const marketOf = (instrument: number): MarketValues => {
    const id = ledger.instruments[instrument] as string
    const trades = pricing.beforeFirst === 'lastTrade' ? tradedPrices(ledger, instrument) : []
    return new MarketValues(pricing, closes.get(id), ledger.quantityScales[instrument] as number, trades)
  }

  const counts = (id: string) => scope.instrumentId === undefined || scope.instrumentId === id
  const instrumentIn = Uint8Array.from(ledger.instruments, (id) => (counts(id) && (changed === null || changed.has(id)) ? 1 : 0))
  const series = [...(previous?.instruments.values() ?? [])].filter(({ instrumentId }) => !changed?.has(instrumentId))
  for (const position of heldPositions(ledger, accountIn, instrumentIn, firstDay)) {
    const id = ledger.instruments[position.instrument] as string
    const valued = instrumentSeries(id, position, marketOf(position.instrument), lastDay)
    if (valued) series.push(valued)
  }
  // One order whatever was valued when, so that sums of doubles come out the same.
  series.sort((a, b) => (a.instrumentId < b.instrumentId ? -1 : 1))
  const instruments = new Map(series.map((one) => [one.instrumentId, one]))

  const amounts = new EntryAmounts(ledger, pricing.conversions, pricing.rounded, pricing.staleAfterDays)
  const balances = scope.instrumentId === undefined ? cashBalances(ledger, accountIn, amounts, firstDay, lastDay) : []
  const cash = cashSeries(balances, ledger, pricing, firstDay, lastDay)
  const markets = remembered(marketOf)
  const flows =
    scope.instrumentId === undefined
      ? externalFlows(ledger, accountIn, amounts, currency, firstDay, lastDay, markets)
      : instrumentFlows(ledger, accountIn, ledger.instruments.indexOf(scope.instrumentId), amounts, currency, firstDay, lastDay, markets)

  const { marketValue, observed } =
    previous && pricing.rounded ? swapped(previous, instruments, changed) : summed(instruments, firstDay, lastDay)
  const value = new Float64Array(marketValue.length)
  const known = new Uint8Array(value.length)
  const stale = new Uint8Array(value.length)
  for (let i = 0; i < value.length; i++) {
    value[i] = (marketValue[i] as number) + (cash.values[i] as number)
    stale[i] = (cash.stale[i] as number) | (flows.stale[i] as number)
    const all = (value[i] as number) + (flows.inflow[i] as number) + (flows.outflow[i] as number)
    known[i] = Number.isNaN(all) ? 0 : 1
  }
  for (const one of series) if (one.anyStale) markStale(stale, one, one.firstDay - firstDay)
  const gaps = mergedGaps([
    ...cash.gaps,
    ...amounts.gaps.map((gap) => ({ ...gap, from: Math.max(gap.from, firstDay) })),
    ...flows.gaps,
    ...series.flatMap((one) => one.gaps),
  ])
  const { inflow, outflow } = flows
  return { currency, firstDay, lastDay, value, marketValue, cash: cash.values, inflow, outflow, known, stale, observed, gaps, instruments }
}

function pricingOf({ rates, currency, ledger, firstDay, lastDay, options }: ValuationInput): Pricing {
  const { rounding = 'minorUnit', beforeFirst = 'unknown', staleAfterDays = 5 } = options ?? {}
  const from = ledger.count > 0 ? Math.min(firstDay, ledger.days[0] as number) : firstDay
  const conversions = new ConversionColumns(rates, from, lastDay, beforeFirst === 'first')
  return { currency, digits: digitsOf(currency), conversions, rounded: rounding === 'minorUnit', beforeFirst, staleAfterDays }
}

function remembered<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}

interface Sums {
  readonly marketValue: Float64Array
  readonly observed: Uint16Array
}

function summed(instruments: ReadonlyMap<string, InstrumentSeries>, firstDay: number, lastDay: number): Sums {
  const sums = { marketValue: new Float64Array(lastDay - firstDay + 1), observed: new Uint16Array(lastDay - firstDay + 1) }
  for (const series of instruments.values()) add(sums, series, series.firstDay - firstDay, 1)
  return sums
}

/** The sums of a valuation with some series taken out and their successors put in, where whole numbers make that exact. */
function swapped(previous: DailyValuation, instruments: ReadonlyMap<string, InstrumentSeries>, changed: ReadonlySet<string> | null): Sums {
  const { firstDay, lastDay } = previous
  if (previous.marketValue.some((value) => !Number.isInteger(value))) return summed(instruments, firstDay, lastDay)
  const sums = { marketValue: previous.marketValue.slice(), observed: previous.observed.slice() }
  for (const id of changed ?? []) {
    const [before, after] = [previous.instruments.get(id), instruments.get(id)]
    if (before) add(sums, before, before.firstDay - firstDay, -1)
    if (after) add(sums, after, after.firstDay - firstDay, 1)
  }
  return sums
}

function add({ marketValue, observed }: Sums, series: InstrumentSeries, offset: number, sign: 1 | -1): void {
  const [values, closes] = [series.values, series.observed]
  const [total, count] = [marketValue.subarray(offset), observed.subarray(offset)]
  for (let i = 0; i < values.length; i++) {
    total[i] = (total[i] as number) + sign * (values[i] as number)
    count[i] = (count[i] as number) + sign * (closes[i] as number)
  }
}

function markStale(flags: Uint8Array, { stale }: InstrumentSeries, offset: number): void {
  for (let i = 0; i < stale.length; i++) if (stale[i] === 1) flags[offset + i] = 1
}
