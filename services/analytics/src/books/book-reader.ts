import type { Call } from '@pe/contracts/actor.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import { type Currency, currency } from '@pe/finance/money/currency.ts'
import { LRUCache } from 'lru-cache'
import { closeColumnOf } from './decode-series.ts'
import { type Ledger, ledgerNow, readLedger } from './ledger.ts'
import { LoadedBook, type QuotedInstrument, type QuotedRates } from './loaded-book.ts'

/** How often closes and rates changed, as far as this service has heard; the same number means the same series. */
export interface SeriesVersions {
  read(organisationId: string, series: readonly string[]): Promise<ReadonlyMap<string, number>>
}

/** The name under which changes of all rates are counted. */
export const ratesSeries = 'rates'

interface Remembered {
  readonly book: LoadedBook
  readonly seriesVersions: ReadonlyMap<string, number>
}

/** Rough bytes of a transaction and of a close in memory, for the bound of the cache. */
const [bytesPerTransaction, bytesPerClose] = [600, 12]
const cacheBytes = 256 * 1024 * 1024

/**
 * Reads the book of some accounts: their ledger from core, closes and rates from market, as columns. What was read is remembered and
 * read again only where it changed: every read asks core how far the books have got, so that a person always sees their own writes.
 * Nothing that is correct depends on the memory.
 */
export class BookReader {
  readonly #core: Client<CoreRoutes>
  readonly #market: Client<MarketRoutes>
  readonly #versions: SeriesVersions
  readonly #reading = new Map<string, Promise<void>>()
  readonly #books = new LRUCache<string, Remembered>({ maxSize: cacheBytes, sizeCalculation: ({ book }) => bytesOf(book) })

  constructor(core: Client<CoreRoutes>, market: Client<MarketRoutes>, versions: SeriesVersions) {
    this.#core = core
    this.#market = market
    this.#versions = versions
  }

  /**
   * @param reporting the currency that figures will be stated in: its rates are read too
   * @param knownAt the book as it was known then; it is read by itself and never remembered, so that it cannot mix with the present
   */
  async read(call: Call, accountIds: readonly string[], reporting: Currency, knownAt?: string): Promise<LoadedBook> {
    if (knownAt !== undefined) return await this.#readAsKnown(call, accountIds, reporting, knownAt)
    const key = `${call.actor.organisationId} ${[...accountIds].sort().join(' ')}`
    // Two that want one book at once (an account and its portfolio) read it one after the other: the second finds it in memory.
    const before = this.#reading.get(key) ?? Promise.resolve()
    const reading = before.then(() => this.#readNow(key, call, accountIds, reporting))
    const settled = reading.then(
      () => {},
      () => {},
    )
    this.#reading.set(key, settled)
    try {
      return await reading
    } finally {
      if (this.#reading.get(key) === settled) this.#reading.delete(key)
    }
  }

  async #readNow(key: string, call: Call, accountIds: readonly string[], reporting: Currency): Promise<LoadedBook> {
    const known = this.#books.get(key)
    const ledger = await (known
      ? ledgerNow(this.#core, call, known.book.parts.ledger, accountIds)
      : readLedger(this.#core, call, accountIds))
    const instrumentIds = namedInstruments(ledger)
    const seriesVersions = await this.#versions.read(call.actor.organisationId, [...instrumentIds, ratesSeries])
    const fresh = (series: string) => known?.seriesVersions.get(series) === seriesVersions.get(series)
    const instruments = await this.#instruments(call, instrumentIds, (id) =>
      fresh(id) ? known?.book.parts.instruments.get(id) : undefined,
    )
    const currencies = currenciesOf(ledger, instruments).add(reporting)
    for (const code of known?.book.currencies ?? []) currencies.add(code)
    const keptRates = fresh(ratesSeries) && known && currencies.size === known.book.currencies.size ? known.book.parts.rates : null
    const rates = keptRates ?? (await this.#rates(call, currencies))
    const unchanged = known && ledger === known.book.parts.ledger && rates === known.book.parts.rates && sameValues(instruments, known)
    if (unchanged) return known.book
    const book = new LoadedBook({ ledger, instruments, rates }, currencies)
    this.#books.set(key, { book, seriesVersions })
    return book
  }

  async #readAsKnown(call: Call, accountIds: readonly string[], reporting: Currency, knownAt: string): Promise<LoadedBook> {
    const ledger = await readLedger(this.#core, call, accountIds, knownAt)
    const instruments = await this.#instruments(call, namedInstruments(ledger), () => undefined)
    const currencies = currenciesOf(ledger, instruments).add(reporting)
    return new LoadedBook({ ledger, instruments, rates: await this.#rates(call, currencies) }, currencies)
  }

  /** Lets go of everything, as after a start. */
  forget(): void {
    this.#books.clear()
  }

  async #instruments(
    call: Call,
    ids: ReadonlySet<string>,
    keptOf: (id: string) => QuotedInstrument | undefined,
  ): Promise<ReadonlyMap<string, QuotedInstrument>> {
    const found = new Map<string, QuotedInstrument>()
    const missing: string[] = []
    for (const id of ids) {
      const kept = keptOf(id)
      if (kept) found.set(id, kept)
      else missing.push(id)
    }
    if (missing.length === 0) return found
    const { series } = await this.#market.packedCloses({ body: { instrumentIds: missing } }, call)
    for (const { instrumentId: id, name, symbol = null, currency: code, quoteUnit, generated, closes } of series)
      found.set(id, { id, name, symbol, currency: currency(code), quoteUnit, generated, closes: closeColumnOf(quoteUnit, closes) })
    return found
  }

  async #rates(call: Call, currencies: ReadonlySet<Currency>): Promise<readonly QuotedRates[]> {
    if (currencies.size < 2) return []
    const { series } = await this.#market.packedRates({ body: { currencies: [...currencies] } }, call)
    return series
  }
}

function namedInstruments({ transactions }: Ledger): Set<string> {
  const ids = new Set<string>()
  for (const { instrumentId, into } of transactions) {
    if (instrumentId !== undefined) ids.add(instrumentId)
    if (into) ids.add(into.instrumentId)
  }
  return ids
}

/** Every currency that an amount or a close of the book is in. */
function currenciesOf({ transactions, currencyOfAccount }: Ledger, instruments: ReadonlyMap<string, QuotedInstrument>): Set<Currency> {
  const codes = new Set<Currency>(currencyOfAccount.values())
  for (const entry of transactions) {
    codes.add(entry.currency)
    if (entry.cashCurrency) codes.add(entry.cashCurrency)
    if (entry.received) codes.add(entry.received.currency)
  }
  for (const { currency: own, closes } of instruments.values()) {
    codes.add(own)
    codes.add(closes.unit.currency)
  }
  return codes
}

function sameValues(instruments: ReadonlyMap<string, QuotedInstrument>, { book }: Remembered): boolean {
  if (instruments.size !== book.parts.instruments.size) return false
  for (const [id, instrument] of instruments) if (book.parts.instruments.get(id) !== instrument) return false
  return true
}

function bytesOf(book: LoadedBook): number {
  let bytes = 1 + book.parts.ledger.transactions.length * bytesPerTransaction
  for (const { closes } of book.parts.instruments.values()) bytes += closes.days.length * bytesPerClose
  return bytes
}
