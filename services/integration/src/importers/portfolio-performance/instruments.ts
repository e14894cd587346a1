import type { FileNote } from '@pe/contracts/import-notes.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { dayNumber, isPlainDate } from '@pe/finance/time/plain-date.ts'
import { because, fileNote } from '../because.ts'
import { CloseColumn } from '../close-column.ts'
import type { ImportedCloses, ImportedInstrument, ImportedRates } from '../imported-file.ts'
import type { RowLog } from '../row-log.ts'
import type { GraphNode } from './graph-node.ts'
import { type FileCurrency, fileCurrency } from './money-in-file.ts'
import type { Graph } from './read-graph.ts'
import { scalesOf, unscaled } from './scales.ts'

export interface Securities {
  readonly instruments: ImportedInstrument[]
  readonly closes: ImportedCloses[]
  readonly rates: ImportedRates[]
  /** Key and name of each security that can be booked; null for one that cannot. */
  readonly known: ReadonlyMap<GraphNode, { readonly key: string; readonly name: string } | null>
  readonly notes: FileNote[]
}

const isinShape = /^[A-Z]{2}[A-Z0-9]{9}[0-9]$/

/** Securities become instruments, and each price series (with its `latest` quote) one row; a security with a target currency is an exchange rate. */
export function readSecurities(graph: Graph, baseCurrency: string, rows: RowLog): Securities {
  const read: Securities = { instruments: [], closes: [], rates: [], known: new Map(), notes: [] }
  const known = read.known as Map<GraphNode, { key: string; name: string } | null>
  let [retired, indices] = [0, 0]
  for (const [at, security] of (graph.client.first('securities')?.all('security') ?? []).entries()) {
    if (known.has(security)) continue
    const { fields } = security
    const name = (fields.name || fields.tickerSymbol || fields.isin || `Security ${at + 1}`).slice(0, 200)
    const key = fields.uuid?.slice(0, 190) || `security ${at + 1}`
    if (fields.isRetired === 'true') retired += 1
    const assumed = graph.scaleVersion <= 28 ? 'EUR' : baseCurrency
    const isIndex = !fields.currencyCode && graph.scaleVersion > 28
    const code = fields.currencyCode || assumed
    const unit = fileCurrency(code)
    const { quotes, zeros } = quotesOf(security, graph)
    if (!unit) {
      known.set(security, null)
      read.notes.push(fileNote('security-left-out', { name, currency: code }))
      if (quotes.length > 0)
        rows.add(security.line, {
          state: 'error',
          instrument: name,
          field: 'currencyCode',
          code: 'unknown_currency',
          ...because('no-currency', { value: code }),
        })
      continue
    }
    if (fields.targetCurrencyCode) {
      known.set(security, null)
      readRates(security, name, unit, quotes, read, rows)
      continue
    }
    if (isIndex) indices += 1
    known.set(security, { key, name })
    read.instruments.push({
      key,
      instrument: {
        name,
        currency: unit.currency,
        ...(unit.shift > 0 ? { quoteUnit: code === 'GBp' ? 'GBX' : code.toUpperCase() } : {}),
        ...(isIndex ? { kind: 'index' as const } : {}),
        ...(fields.isin && isinShape.test(fields.isin) ? { isin: fields.isin } : {}),
        ...(fields.tickerSymbol ? { symbol: fields.tickerSymbol.slice(0, 40) } : {}),
        ...(fields.wkn && fields.wkn.length <= 12 ? { wkn: fields.wkn } : {}),
      },
    })
    if (quotes.length === 0 && zeros === 0) continue
    const row = rows.add(security.line, {
      state: quotes.length > 0 ? 'ok' : 'ignored',
      becomes: quotes.length > 0 ? 'closes' : null,
      instrument: name,
      quantity: String(quotes.length),
      currency: code,
      ...(zeros > 0 ? because('quotes-of-zero', { count: String(zeros) }) : {}),
    })
    if (quotes.length > 0) read.closes.push({ key, closes: quotes, row })
  }
  if (retired > 0) read.notes.push(fileNote('securities-retired', { count: String(retired) }))
  if (indices > 0) read.notes.push(fileNote('indices', { count: String(indices), currency: baseCurrency }))
  return read
}

/** All quotes but those of 0; `latest` is the quote of its day, whatever the series says of that day. */
function quotesOf(security: GraphNode, graph: Graph): { quotes: CloseColumn; zeros: number } {
  const quotes = new CloseColumn()
  let zeros = 0
  const add = (day: number, value: string): void => {
    if (value === '0' || value.startsWith('-')) zeros += 1
    else quotes.add(day, value)
  }
  const prices = security.first('prices')
  const listed = prices && graph.prices.get(prices)?.quotes
  const latest = security.first('latest')?.attributes
  const latestDay = latest?.t && isPlainDate(latest.t) ? dayNumber(latest.t) : null
  const latestQuote = unscaled(latest?.v ?? '', scalesOf(graph.scaleVersion).quote)
  const latestCounts = latestDay !== null && latestQuote !== null && latestQuote !== '0' && !latestQuote.startsWith('-')
  for (let at = 0; listed && at < listed.length; at++) {
    if (!latestCounts || listed.dayAt(at) !== latestDay) add(listed.dayAt(at), listed.valueAt(at))
  }
  if (latestDay !== null && latestQuote !== null) add(latestDay, latestQuote)
  return { quotes, zeros }
}

function readRates(security: GraphNode, name: string, base: FileCurrency, quotes: CloseColumn, read: Securities, rows: RowLog): void {
  const target = security.fields.targetCurrencyCode ?? ''
  const quote = fileCurrency(target)
  if (!quote || quote.currency === base.currency) {
    if (quotes.length > 0)
      rows.add(security.line, {
        state: 'ignored',
        instrument: name,
        field: 'targetCurrencyCode',
        ...because('rate-left-out', { base: base.currency, quote: target }),
      })
    return
  }
  if (quotes.length === 0) return
  const row = rows.add(security.line, {
    state: 'ok',
    becomes: 'rates',
    instrument: name,
    quantity: String(quotes.length),
    currency: quote.currency,
  })
  const whole = base.perCurrency.equals(Decimal.one) && quote.perCurrency.equals(Decimal.one)
  const rates = new CloseColumn()
  for (let at = 0; at < quotes.length; at++) {
    const value = quotes.valueAt(at)
    const exact = () =>
      Decimal.parse(value).times(base.perCurrency).dividedBy(quote.perCurrency, { scale: 18, rounding: 'half-even' }).toString()
    rates.add(quotes.dayAt(at), whole ? value : exact())
  }
  read.rates.push({ base: base.currency, quote: quote.currency, rates, row })
}
