import { Decimal } from '../money/decimal.ts'
import { daysBetween, type PlainDate } from '../time/plain-date.ts'

/** How often an instrument pays; `unknown` where its payments tell no rhythm. */
export type DividendRhythm = 'monthly' | 'quarterly' | 'semi-annual' | 'annual' | 'unknown'

/** What was paid on a day, all of one instrument in one currency. */
export interface DividendPayment {
  readonly date: PlainDate
  /** Gross of tax and fee. */
  readonly amount: Decimal
}

const daysOfYear = 365
/** A payment counts when it is more than this part of the mean payment of its calendar year: special crumbs do not. */
const significant = Decimal.parse('0.3')

/**
 * The rhythm of payments, from the average gap in days between those that count: up to 20 unknown, up to 60 monthly, up to 130
 * quarterly, up to 270 semi-annual, below 430 annual, beyond unknown. Payments of one day (into two accounts) are one; a calendar year
 * without a payment takes 365 days off the span, so that an omitted dividend does not change the rhythm. Fewer than two: unknown.
 * Source: the reference figure `dividendRhythm` (Portfolio Performance, snapshot/security/DividendCalculation).
 */
export function dividendRhythm(payments: readonly DividendPayment[]): DividendRhythm {
  const counting = thoseThatCount(byDay(payments))
  const [first, last] = [counting[0], counting.at(-1)]
  if (!first || !last || counting.length < 2) return 'unknown'
  const years = new Set(counting.map(({ date }) => yearOf(date)))
  const yearsWithout = yearOf(last.date) - yearOf(first.date) + 1 - years.size
  return rhythmOfGap((daysBetween(first.date, last.date) - daysOfYear * yearsWithout) / (counting.length - 1))
}

function rhythmOfGap(days: number): DividendRhythm {
  if (days <= 20 || days >= 430) return 'unknown'
  if (days <= 60) return 'monthly'
  if (days <= 130) return 'quarterly'
  return days <= 270 ? 'semi-annual' : 'annual'
}

/** One payment per day, ascending. */
function byDay(payments: readonly DividendPayment[]): DividendPayment[] {
  const days = Map.groupBy(payments, ({ date }) => date)
  const summed = Array.from(days, ([date, own]) => ({ date, amount: Decimal.sum(own.map(({ amount }) => amount)) }))
  return summed.sort((a, b) => (a.date < b.date ? -1 : 1))
}

function thoseThatCount(payments: readonly DividendPayment[]): DividendPayment[] {
  const years = Map.groupBy(payments, ({ date }) => yearOf(date))
  return [...years.values()].flatMap((own) => {
    const total = Decimal.sum(own.map(({ amount }) => amount))
    const count = Decimal.fromScaled(own.length, 0)
    return own.filter(({ amount }) => total.times(significant).isLessThan(amount.times(count)))
  })
}

export function yearOf(date: PlainDate): number {
  return Number(date.slice(0, 4))
}
