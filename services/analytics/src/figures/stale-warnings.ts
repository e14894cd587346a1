import { lastUpTo } from '@pe/finance/kernel/columns.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import type { Facts } from '@pe/finance/outcome.ts'
import { staleAfterDays } from '@pe/finance/prices/known.ts'
import { dateOfDay } from '@pe/finance/time/plain-date.ts'
import type { LoadedBook } from '../books/loaded-book.ts'

export interface FigureWarning {
  readonly code: string
  readonly facts: Facts
  readonly detail: string
}

/** A sentence for each close and rate behind a day's value that has been carried for too long, and for each that is missing. */
export function carriedTooLong(book: LoadedBook, heldIds: Iterable<string>, currency: Currency, day: number): FigureWarning[] {
  const warnings: FigureWarning[] = []
  const currencies = new Set<Currency>()
  for (const id of heldIds) {
    const { name, closes } = book.instrument(id)
    currencies.add(closes.unit.currency)
    const last = closes.days[lastUpTo(closes.days, day)]
    if (last === undefined) {
      const date = dateOfDay(day)
      warnings.push({ code: 'missing-close', facts: { name, date }, detail: `There is no close of ${name} on or before ${date}.` })
    } else if (day - last > staleAfterDays) {
      const date = dateOfDay(last)
      warnings.push({
        code: 'stale-close',
        facts: { name, date },
        detail: `The last close of ${name} is of ${date}; it is carried forward.`,
      })
    }
  }
  for (const account of book.parts.ledger.currencyOfAccount.values()) currencies.add(account)
  for (const from of currencies) {
    if (from === currency) continue
    const [name, asked] = [`${from}/${currency}`, dateOfDay(day)]
    const rate = book.book.rates.between(from, currency, asked)
    if (!rate.known) {
      const detail = `There is no rate from ${from} to ${currency} on or before ${asked}.`
      warnings.push({ code: 'missing-rate', facts: { name, date: asked }, detail })
    } else if (rate.stale && rate.date !== null) {
      const detail = `The last rate from ${from} to ${currency} is of ${rate.date}; it is carried forward.`
      warnings.push({ code: 'stale-rate', facts: { name, date: rate.date }, detail })
    }
  }
  return warnings
}
