import type { DailyValuation, ValuationInput } from '@pe/finance/kernel/daily-valuation.ts'
import { KernelOverflow } from '@pe/finance/kernel/exact-rounding.ts'
import { valueByDecimals } from '@pe/finance/kernel/value-by-decimals.ts'
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
    if (scope.knownAt !== undefined) {
      const valuation = valued(book, scope, rounding, firstDay, lastDay, null)
      return { valuation, instruments: valuation.instruments.size }
    }
    const key = [organisationId, currency, rounding, instrumentId ?? '', ...[...accounts].sort()].join(' ')
    const before = this.#remembered.get(key)
    const covers = before && before.valuation.firstDay === firstDay && before.valuation.lastDay === lastDay
    if (covers && before.book === book) return { valuation: before.valuation, instruments: 0 }
    const changed = covers ? changedInstruments(before.book, book) : null
    const valuation = valued(book, scope, rounding, firstDay, lastDay, changed && before ? { ...before, changed } : null)
    this.#remembered.set(key, { book, valuation })
    return { valuation, instruments: changed?.size ?? valuation.instruments.size }
  }

  forget(): void {
    this.#remembered.clear()
  }
}

/** By integers, or by decimals where an amount of the book is past what integers held in doubles carry. */
function valued(
  book: LoadedBook,
  { accounts, instrumentId, currency }: FigureScope,
  rounding: 'minorUnit' | 'none',
  firstDay: number,
  lastDay: number,
  before: (Remembered & { readonly changed: ReadonlySet<string> }) | null,
): DailyValuation {
  try {
    const { packed: ledger, closes, rates } = book
    const scope = { accountIds: accounts, instrumentId }
    const input: ValuationInput = { scope, ledger, closes, rates, currency, firstDay, lastDay, options: { rounding } }
    return before ? revalueDaily(before.valuation, input, before.changed) : valueDaily(input)
  } catch (trouble) {
    if (!(trouble instanceof KernelOverflow)) throw trouble
    return valueByDecimals(book.book, { accounts, instrumentId }, firstDay, lastDay, { currency, rounding })
  }
}

function bytesOf({ value, instruments }: DailyValuation): number {
  let bytes = 1 + value.length * bytesPerDay
  for (const { values } of instruments.values()) bytes += values.length * bytesPerInstrumentDay
  return bytes
}
