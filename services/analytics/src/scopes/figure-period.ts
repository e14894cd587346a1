import { addDays, dayNumber, earlier, later, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { FigureScope } from './figure-scope.ts'

/** (from, to]: the opening value is the end of `from`. */
export interface FigurePeriod {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly days: number
  /** Day numbers of the part that has anything in it: before the day ahead of the first transaction all is zero. */
  readonly series: { readonly from: number; readonly to: number }
}

/**
 * The period asked for; by default from the day before the first transaction of the scope to today. What lies ahead is cut off.
 * @param first day of that first transaction, null without one
 */
export function figurePeriod(
  first: PlainDate | null,
  asked: { readonly from?: PlainDate | undefined; readonly to?: PlainDate | undefined },
  today: PlainDate,
): FigurePeriod {
  const opening = first === null ? null : addDays(first, -1)
  const to = earlier(asked.to ?? today, today)
  const from = asked.from ?? (opening === null ? to : earlier(opening, to))
  if (from > to) throw new Refused('bad_request', `The period would end on ${to}, before it begins on ${from}.`)
  const start = opening === null ? to : earlier(later(from, opening), to)
  return { from, to, days: dayNumber(to) - dayNumber(from), series: { from: dayNumber(start), to: dayNumber(to) } }
}

/** Day of the first transaction that touches the scope; null when none does. */
export function firstDayOf(book: LoadedBook, { accounts, instrumentId }: FigureScope): PlainDate | null {
  for (const entry of book.parts.ledger.transactions) {
    if (instrumentId !== undefined && entry.instrumentId !== instrumentId) continue
    const touched = [entry.accountId, entry.cashAccountId, entry.toAccountId]
    if (touched.some((account) => account !== undefined && accounts.has(account))) return entry.date
  }
  return null
}
