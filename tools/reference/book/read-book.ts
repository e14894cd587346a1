import type { AppliedAction } from '@pe/finance/actions/corporate-action.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { eventKinds, legsOf } from '@pe/finance/ledger/event-legs.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction, RecordedRate, TransactionKind } from '@pe/finance/ledger/transaction.ts'
import { type Currency, type QuoteUnit, quoteUnit } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { CloseSeries } from '@pe/finance/prices/close-series.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { type PlainDate, plainDate } from '@pe/finance/time/plain-date.ts'
import { localTimeIn, momentIn } from '@pe/finance/time/zoned-time.ts'
import { Book } from '@pe/finance/valuation/book.ts'
import { bookKeys, onlyKnown, transactionFields, transactionTypes, UnknownShape } from './shapes.ts'

interface ShapedTransaction extends Readonly<Partial<Record<string, unknown>>> {
  readonly date: string
  readonly type: string
  readonly time?: string
  readonly zone?: string
  readonly account?: string
  readonly instrument?: string
  readonly quantity?: string
  readonly received?: string
  readonly new?: string
  readonly old?: string
  readonly price?: string
  readonly amount?: string
  readonly currency?: string
  readonly fee?: string
  readonly tax?: string
  readonly cashCurrency?: string
  readonly rate?: { readonly from: string; readonly to: string; readonly value: string }
  readonly from?: string
  readonly to?: string
  readonly state?: string
}

type Points = readonly (readonly [string, string])[]

interface ShapedBook {
  readonly baseCurrency: string
  readonly zone?: string
  readonly accounts: readonly { readonly id: string; readonly currency: string; readonly kind?: string }[]
  readonly instruments: readonly {
    readonly id: string
    readonly currency: string
    readonly closeCurrency?: string
    readonly multiplier?: string
  }[]
  readonly closes: Readonly<Record<string, Points>>
  readonly rates: readonly { readonly base: string; readonly quote: string; readonly series: Points }[]
  readonly transactions: readonly ShapedTransaction[]
}

/** A case's book in the terms of finance, and what its transactions need that a plain book does not. */
export interface ReadBook {
  readonly book: Book
  readonly baseCurrency: string
  readonly currencyTextOf: (instrumentId: string) => string
  readonly debtAccounts: ReadonlySet<string>
  readonly needs: readonly string[]
}

export function readBook(shaped: unknown): ReadBook {
  const source = shaped as ShapedBook
  onlyKnown(Object.keys(source), bookKeys, 'book field')
  const instruments = new Map(source.instruments.map((instrument) => [instrument.id, instrument]))
  const instrumentOf = (id: string) => instruments.get(id) ?? fail(`no instrument ${id}`)
  const posted = source.transactions.filter((entry) => shapeOf(entry) && (entry.state ?? 'posted') === 'posted')
  const plain = posted.filter((entry) => transactionTypes[entry.type] === null)
  const book = new Book({
    transactions: ledgerOf(plain, source, (id) => unitOf(instrumentOf(id).currency).currency),
    closes: new Map(
      Object.entries(source.closes).map(([id, points]) => {
        const { currency, closeCurrency } = instrumentOf(id)
        return [id, new CloseSeries(id, unitOf(closeCurrency ?? currency), points.map(point))]
      }),
    ),
    rates: new RateTable(source.rates.map(({ base, quote, series }) => ({ base, quote, points: series.map(point) }))),
    currencyOf: (id) => unitOf(instrumentOf(id).currency).currency,
  })
  return {
    book,
    baseCurrency: source.baseCurrency,
    currencyTextOf: (id) => instrumentOf(id).currency,
    debtAccounts: new Set(source.accounts.filter((account) => account.kind === 'debt').map((account) => account.id)),
    needs: needsOf(source, posted),
  }
}

/** Events become their legs; splits apply to every account that holds the instrument, one that is given twice only once. */
function ledgerOf(
  entries: readonly ShapedTransaction[],
  source: ShapedBook,
  currencyOf: (instrumentId: string) => Currency,
): readonly LedgerTransaction[] {
  const recorded = entries.flatMap((entry, at) => {
    if (entry.type === 'split') return []
    const { received } = entry
    const stated = transactionOf(entry, `t${at}`, source)
    const event = eventKinds.find((kind) => kind === entry.type)
    if (!event) return [stated]
    const { instrumentId = fail(`${event} names no instrument`), quantity = fail(`${event} has no quantity`) } = stated
    return legsOf({ ...stated, kind: event, instrumentId, quantity, receivedInstrumentId: received }, (leg) => `t${at}/${leg}`)
  })
  const splits = new Map<string, AppliedAction>()
  for (const { type, instrument, date, new: after, old: before } of entries) {
    if (type !== 'split') continue
    if (!instrument || !after || !before) throw new UnknownShape('a split needs instrument, new and old')
    const id = `${instrument} ${date} ${after}:${before}`
    splits.set(id, {
      id,
      kind: 'split',
      instrumentId: instrument,
      exDate: plainDate(date),
      ratio: { new: Decimal.parse(after), old: Decimal.parse(before) },
      currency: currencyOf(instrument),
      accounts: source.accounts.map((account) => ({ accountId: account.id })),
    })
  }
  return withActions(inOrder(recorded), [...splits.values()])
}

function needsOf(source: ShapedBook, posted: readonly ShapedTransaction[]): string[] {
  const needs = posted.map((entry) => transactionTypes[entry.type]).filter((need) => typeof need === 'string')
  if (source.accounts.some((account) => account.kind === 'debt')) needs.push('debt')
  if (source.instruments.some((instrument) => (instrument.multiplier ?? '1') !== '1')) needs.push('option-multiplier')
  return needs
}

function shapeOf(entry: ShapedTransaction): boolean {
  onlyKnown(Object.keys(entry), transactionFields, 'transaction field')
  if (!Object.hasOwn(transactionTypes, entry.type))
    throw new UnknownShape(`transaction type ${JSON.stringify(entry.type)} is not in the shapes`)
  if (!['posted', 'draft', 'pending', 'void', undefined].includes(entry.state))
    throw new UnknownShape(`state ${entry.state} is not in the shapes`)
  return true
}

function transactionOf(entry: ShapedTransaction, id: string, source: ShapedBook): LedgerTransaction {
  const accountId = (entry.type === 'transfer' ? (entry.from ?? entry.account) : entry.account) ?? fail(`${entry.type} names no account`)
  const account = source.accounts.find((candidate) => candidate.id === accountId) ?? fail(`no account ${accountId}`)
  const unit = unitOf(entry.currency ?? account.currency)
  const money = (text: string): Decimal => inCurrency(Decimal.parse(text), unit)
  return {
    id,
    kind: entry.type as TransactionKind,
    ...dayOf(entry, source.zone ?? 'UTC'),
    accountId,
    toAccountId: entry.type === 'transfer' ? entry.to : undefined,
    instrumentId: entry.instrument,
    quantity: entry.quantity === undefined ? undefined : Decimal.parse(entry.quantity).abs(),
    amount: money(amountOf(entry)).abs(),
    currency: unit.currency,
    fee: money(entry.fee ?? '0'),
    tax: money(entry.tax ?? '0'),
    cashCurrency: entry.cashCurrency === undefined ? undefined : unitOf(entry.cashCurrency).currency,
    rate: entry.rate && rateOf(entry.rate),
  }
}

/** Without `amount` it is quantity × price; a transfer has neither. */
function amountOf({ type, amount, quantity, price }: ShapedTransaction): string {
  if (amount !== undefined) return amount
  if (quantity !== undefined && price !== undefined) return Decimal.parse(quantity).times(Decimal.parse(price)).toString()
  return type === 'transfer' ? '0' : fail(`${type} has neither amount nor price`)
}

/** The book's day: as booked, or that of the instant in the zone of the book when a time is given. */
function dayOf({ date, time, zone }: ShapedTransaction, bookZone: string): { date: PlainDate; time?: string } {
  if (time === undefined) return { date: plainDate(date) }
  return localTimeIn(bookZone, momentIn(zone ?? bookZone, plainDate(date), time))
}

function rateOf({ from, to, value }: { from: string; to: string; value: string }): RecordedRate {
  const [base, quote] = [unitOf(from), unitOf(to)]
  return {
    from: base.currency,
    to: quote.currency,
    value: Decimal.parse(value).times(base.perCurrency).ratio(quote.perCurrency),
  }
}

function point([date, value]: readonly [string, string]): { date: PlainDate; value: string } {
  return { date: plainDate(date), value }
}

function inCurrency(amount: Decimal, unit: QuoteUnit): Decimal {
  return unit.perCurrency === Decimal.one ? amount : amount.ratio(unit.perCurrency)
}

export function unitOf(code: string): QuoteUnit {
  return quoteUnit(code) ?? fail(`unknown currency ${code}`)
}

function fail(reason: string): never {
  throw new UnknownShape(reason)
}
