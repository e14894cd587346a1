import type { Money } from '@pe/contracts/scalars.ts'
import { moneyPostings, unitPostings } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'

/** What the entries of one day do with the units of an instrument. */
export interface UnitsOfDay {
  readonly instrumentId: string
  readonly date: PlainDate
  readonly units: Decimal
  /** Of them those that leave, negative. */
  readonly taken: Decimal
  /** Whether an entry of the day carries a time: then their order is not that of their places. */
  readonly timed: boolean
  /** Whether one of them chose its lots. */
  readonly chose: boolean
}

type DayOfUnits = Omit<UnitsOfDay, 'instrumentId' | 'date'>

const noRates = new Converter(RateTable.empty, { rounding: 'minorUnit' })

/** The posted entries of one account, added up by day: tells its cash and its units at the end of every day without reading them again. */
export class BookByDay {
  readonly accountId: string
  readonly #cash = new Map<Currency, Map<PlainDate, Decimal>>()
  readonly #units = new Map<string, Map<PlainDate, DayOfUnits>>()

  constructor(accountId: string) {
    this.accountId = accountId
  }

  static of(accountId: string, cash: readonly LedgerTransaction[], units: readonly UnitsOfDay[]): BookByDay {
    const book = new BookByDay(accountId)
    for (const entry of cash) book.#addCash(entry)
    for (const { instrumentId, date, ...day } of units) book.#daysOf(instrumentId).set(date, day)
    return book
  }

  /** An entry that takes the last place of its day, without a time and without lots of its choice. */
  add(entry: LedgerTransaction): void {
    this.#addCash(entry)
    for (const { book, accountId, amount, unit } of unitPostings(entry)) {
      if (book !== 'units' || accountId !== this.accountId) continue
      const days = this.#daysOf(unit)
      const { units, taken, timed, chose } = days.get(entry.date) ?? {
        units: Decimal.zero,
        taken: Decimal.zero,
        timed: false,
        chose: false,
      }
      days.set(entry.date, { units: units.plus(amount), taken: amount.isNegative() ? taken.plus(amount) : taken, timed, chose })
    }
  }

  /** Balances at the end of a day, per currency, without empty ones. */
  cashOn(day: PlainDate): Money[] {
    const balances: Money[] = []
    for (const currency of [...this.#cash.keys()].sort()) {
      let balance = Decimal.zero
      for (const [date, amount] of this.#cash.get(currency) ?? []) if (date <= day) balance = balance.plus(amount)
      if (!balance.isZero()) balances.push({ amount: balance.toString(), currency })
    }
    return balances
  }

  /** Units at the end of a day. */
  unitsOn(instrumentId: string, day: PlainDate): Decimal {
    let units = Decimal.zero
    for (const [date, ofDay] of this.#units.get(instrumentId) ?? []) if (date <= day) units = units.plus(ofDay.units)
    return units
  }

  /**
   * The fewest units that there are at the end of a day or later, however the entries of each later day follow each other: what may leave on
   * that day. Null where an entry chose its lots.
   */
  spareOn(instrumentId: string, day: PlainDate): Decimal | null {
    let spare = this.unitsOn(instrumentId, day)
    let held = spare
    const days = [...(this.#units.get(instrumentId) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [date, { units, taken, chose }] of days) {
      if (chose) return null
      if (date <= day) continue
      const lowest = held.plus(taken)
      if (lowest.isLessThan(spare)) spare = lowest
      held = held.plus(units)
    }
    return spare
  }

  /** Whether an entry of that day carries a time. */
  isTimed(instrumentId: string, day: PlainDate): boolean {
    return this.#units.get(instrumentId)?.get(day)?.timed ?? false
  }

  #addCash(entry: LedgerTransaction): void {
    const legs = moneyPostings(entry, noRates)
    if (!legs.known) throw new Error(`the cash of ${entry.kind} rests on a rate`)
    for (const { book, accountId, amount, unit } of legs.value) {
      if (book !== 'cash' || accountId !== this.accountId) continue
      const days = this.#cash.get(unit) ?? new Map<PlainDate, Decimal>()
      this.#cash.set(unit, days)
      days.set(entry.date, (days.get(entry.date) ?? Decimal.zero).plus(amount))
    }
  }

  #daysOf(instrumentId: string): Map<PlainDate, DayOfUnits> {
    const days = this.#units.get(instrumentId) ?? new Map<PlainDate, DayOfUnits>()
    this.#units.set(instrumentId, days)
    return days
  }
}
