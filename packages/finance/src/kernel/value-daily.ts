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
  return valued(input, new Map(), null)
}

/**
 * The same after some instruments changed (their units or closes), the rest taken from a valuation of the same scope, span, currency and
 * options; cash and flows are folded again. Equal to `valueDaily` of the same input, if nothing but these instruments and cash changed.
 */
export function revalueDaily(previous: DailyValuation, input: ValuationInput, changedInstruments: ReadonlySet<string>): DailyValuation {
  if (previous.firstDay !== input.firstDay || previous.lastDay !== input.lastDay || previous.currency !== input.currency)
    throw new RangeError('a revaluation needs a valuation of the same days and currency')
  return valued(input, previous.instruments, changedInstruments)
}

/** @param changed null = all of them */
function valued(input: ValuationInput, kept: ReadonlyMap<string, InstrumentSeries>, changed: ReadonlySet<string> | null): DailyValuation {
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
  const instruments = new Map<string, InstrumentSeries>()
  for (const [id, series] of kept) if (!changed?.has(id)) instruments.set(id, series)
  for (const position of heldPositions(ledger, accountIn, instrumentIn, firstDay)) {
    const id = ledger.instruments[position.instrument] as string
    const series = instrumentSeries(id, position, marketOf(position.instrument), lastDay)
    if (series) instruments.set(id, series)
  }

  const amounts = new EntryAmounts(ledger, pricing.conversions, pricing.rounded, pricing.staleAfterDays)
  const balances = scope.instrumentId === undefined ? cashBalances(ledger, accountIn, amounts, firstDay, lastDay) : []
  const cash = cashSeries(balances, ledger, pricing, firstDay, lastDay)
  const markets = remembered(marketOf)
  const flows =
    scope.instrumentId === undefined
      ? externalFlows(ledger, accountIn, amounts, currency, firstDay, lastDay, markets)
      : instrumentFlows(ledger, accountIn, ledger.instruments.indexOf(scope.instrumentId), amounts, currency, firstDay, lastDay, markets)

  const value = Float64Array.from(cash.values)
  const [stale, observed] = [new Uint8Array(value.length), new Uint8Array(value.length)]
  for (const series of instruments.values()) {
    const offset = series.firstDay - firstDay
    addTo(value, series.values, offset)
    mark(observed, series.observed, offset)
    if (series.anyStale) mark(stale, series.stale, offset)
  }
  const known = new Uint8Array(value.length)
  for (let i = 0; i < known.length; i++) {
    if (cash.stale[i] === 1 || flows.stale[i] === 1) stale[i] = 1
    const all = (value[i] as number) + (flows.inflow[i] as number) + (flows.outflow[i] as number)
    known[i] = Number.isNaN(all) ? 0 : 1
  }
  const gaps = mergedGaps([
    ...cash.gaps,
    ...amounts.gaps.map((gap) => ({ ...gap, from: Math.max(gap.from, firstDay) })),
    ...flows.gaps,
    ...[...instruments.values()].flatMap((series) => series.gaps),
  ])
  const { inflow, outflow } = flows
  return { currency, firstDay, lastDay, value, cash: cash.values, inflow, outflow, known, stale, observed, gaps, instruments }
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

function addTo(total: Float64Array, part: Float64Array, offset: number): void {
  const target = total.subarray(offset, offset + part.length)
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + (part[i] as number)
}

function mark(flags: Uint8Array, part: Uint8Array, offset: number): void {
  const target = flags.subarray(offset, offset + part.length)
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) | (part[i] as number)
}
