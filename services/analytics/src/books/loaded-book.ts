import { carriedOverSplits } from '@pe/finance/kernel/closes-over-splits.ts'
import { ColumnCloses } from '@pe/finance/kernel/column-closes.ts'
import { type CloseColumn, type RateColumn, rateColumn } from '@pe/finance/kernel/columns.ts'
import { type PackedLedger, packLedger } from '@pe/finance/kernel/packed-ledger.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import type { CloseSeries } from '@pe/finance/prices/close-series.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { dateOfDay, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { Book } from '@pe/finance/valuation/book.ts'
import type { Ledger } from './ledger.ts'

/** An instrument as figures name it, with all its closes. */
export interface QuotedInstrument {
  readonly id: string
  readonly name: string
  readonly symbol: string | null
  readonly currency: Currency
  readonly quoteUnit: string
  /** Its prices are made up (the demo). */
  readonly generated: boolean
  readonly closes: CloseColumn
}

/** All rates of a pair, as text: 1 `base` = rate `quote`. */
export interface QuotedRates {
  readonly base: string
  readonly quote: string
  /** Day numbers, ascending. */
  readonly days: readonly number[]
  readonly rates: readonly string[]
}

export interface BookParts {
  readonly ledger: Ledger
  readonly instruments: ReadonlyMap<string, QuotedInstrument>
  readonly rates: readonly QuotedRates[]
}

/**
 * Everything that the figures of some accounts are computed from, as it stood when it was read. It never changes: what is newer is
 * another book. The two forms that finance works on (columns and exact book) are made when first asked for.
 */
export class LoadedBook {
  readonly parts: BookParts
  /** Those of its amounts, closes and reports so far: the rates between them are here. */
  readonly currencies: ReadonlySet<Currency>
  readonly #parts = new Map<string, LoadedBook>()
  #byInstrument: Map<string | undefined, LedgerTransaction[]> | null = null
  #packed: PackedLedger | null = null
  #book: Book | null = null
  #closes: ReadonlyMap<string, CloseColumn> | null = null
  #rates: readonly RateColumn[] | null = null

  constructor(parts: BookParts, currencies: ReadonlySet<Currency>) {
    this.parts = parts
    this.currencies = currencies
  }

  /** Day of the first transaction; null in an empty book. */
  get firstDay(): PlainDate | null {
    return this.parts.ledger.transactions[0]?.date ?? null
  }

  get packed(): PackedLedger {
    this.#packed ??= packLedger(this.parts.ledger.transactions)
    return this.#packed
  }

  get closes(): ReadonlyMap<string, CloseColumn> {
    this.#closes ??= new Map(
      Array.from(this.parts.instruments.values(), ({ id, closes }) => [id, carriedOverSplits(closes, this.parts.ledger.splits.get(id))]),
    )
    return this.#closes
  }

  get rates(): readonly RateColumn[] {
    this.#rates ??= this.parts.rates.map(({ base, quote, days, rates }) =>
      rateColumn(
        base,
        quote,
        days.map((day, index) => ({ day, value: rates[index] as string })),
      ),
    )
    return this.#rates
  }

  get book(): Book {
    this.#book ??= new Book({
      transactions: this.parts.ledger.transactions,
      closes: new Map<string, CloseSeries>(Array.from(this.closes, ([id, closes]) => [id, new ColumnCloses(id, closes)])),
      rates: rateTable(this.parts.rates),
      currencyOf: (id) => this.instrument(id).currency,
    })
    return this.#book
  }

  /**
   * The same book with nothing but the transactions that name an instrument: its figures need no others. Where conversions joined it to
   * other instruments, those are in it too.
   */
  ofInstrument(id: string): LoadedBook {
    let part = this.#parts.get(id)
    if (!part) {
      this.#byInstrument ??= Map.groupBy(this.parts.ledger.transactions, ({ instrumentId }) => instrumentId)
      const joined = joinedTo(id, this.parts.ledger.transactions)
      const transactions = joined
        ? this.parts.ledger.transactions.filter(({ instrumentId }) => instrumentId !== undefined && joined.has(instrumentId))
        : (this.#byInstrument.get(id) ?? [])
      const instruments = new Map(Array.from(joined ?? [id], (each) => [each, this.instrument(each)]))
      part = new LoadedBook({ ...this.parts, ledger: { ...this.parts.ledger, transactions }, instruments }, this.currencies)
      this.#parts.set(id, part)
    }
    return part
  }

  /** Throws for an instrument that no transaction names: nothing else is loaded. */
  instrument(id: string): QuotedInstrument {
    const found = this.parts.instruments.get(id)
    if (!found) throw new RangeError(`the instrument ${id} is not part of this book`)
    return found
  }
}

/** An instrument and all that conversions join to it, in either direction; null when none does. */
function joinedTo(id: string, transactions: readonly LedgerTransaction[]): ReadonlySet<string> | null {
  const conversions = transactions.filter(({ into }) => into)
  if (!conversions.some(({ instrumentId, into }) => instrumentId === id || into?.instrumentId === id)) return null
  const joined = new Set([id])
  for (let size = 0; size < joined.size; ) {
    size = joined.size
    for (const { instrumentId, into } of conversions) {
      const both = [instrumentId, into?.instrumentId].filter((each) => each !== undefined)
      if (both.some((each) => joined.has(each))) for (const each of both) joined.add(each)
    }
  }
  return joined
}

function rateTable(rates: readonly QuotedRates[]): RateTable {
  return new RateTable(
    rates.map(({ base, quote, days, rates: texts }) => ({
      base,
      quote,
      points: days.map((day, index) => ({ date: dateOfDay(day), value: texts[index] as string })),
    })),
  )
}
