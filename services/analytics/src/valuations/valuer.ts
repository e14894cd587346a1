import type { DailyValuation, ValuationInput } from '@pe/finance/kernel/daily-valuation.ts'
import { revalueDaily, valueDaily } from '@pe/finance/kernel/value-daily.ts'
import { LRUCache } from 'lru-cache'
import { changedInstruments } from '../books/changed-instruments.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'

/** A valuation, and what had to be computed for it. */
export interface Valued {
  readonly valuation: DailyValuation
  /** Instruments computed anew, the others were taken over. */
  readonly instruments: number
}

interface Remembered {
  readonly book: LoadedBook
  readonly valuation: DailyValuation
}

/** Rough bytes of a day of a series: value, cash, two flows and two flags; values and a flag per instrument. */
const [bytesPerDay, bytesPerInstrumentDay] = [34, 9]
const rememberedBytes = 128 * 1024 * 1024

/** Values scopes day by day, keeping what it computed last, so that after a change only the touched instruments are computed anew. */
export class Valuer {
  readonly #remembered = new LRUCache<string, Remembered>({
    maxSize: rememberedBytes,
    sizeCalculation: ({ valuation }) => bytesOf(valuation),
  })

  /** @param firstDay @param lastDay day numbers, both included */
  value(
    organisationId: string,
    book: LoadedBook,
    scope: FigureScope,
    rounding: 'minorUnit' | 'none',
    firstDay: number,
    lastDay: number,
  ): Valued {
    const { accounts, instrumentId, currency } = scope
    const key = [organisationId, currency, rounding, instrumentId ?? '', ...[...accounts].sort()].join(' ')
    const before = this.#remembered.get(key)
    const covers = before && before.valuation.firstDay === firstDay && before.valuation.lastDay === lastDay
    if (covers && before.book === book) return { valuation: before.valuation, instruments: 0 }
    const input: ValuationInput = {
      scope: { accountIds: accounts, instrumentId },
      ledger: book.packed,
      closes: book.closes,
      rates: book.rates,
      currency,
      firstDay,
      lastDay,
      options: { rounding },
    }
    const changed = covers ? changedInstruments(before.book, book) : null
    const valuation = changed && before ? revalueDaily(before.valuation, input, changed) : valueDaily(input)
    this.#remembered.set(key, { book, valuation })
    return { valuation, instruments: changed?.size ?? valuation.instruments.size }
  }

  forget(): void {
    this.#remembered.clear()
  }
}

function bytesOf({ value, instruments }: DailyValuation): number {
  let bytes = 1 + value.length * bytesPerDay
  for (const { values } of instruments.values()) bytes += values.length * bytesPerInstrumentDay
  return bytes
}
