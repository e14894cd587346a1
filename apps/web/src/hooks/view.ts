import { addDays, addMonths, daysBetween, earlier, isPlainDate, later, type PlainDate } from '@pe/finance/time/plain-date.ts'

export const periods = ['1D', '1W', '1M', '3M', '6M', 'YTD', '1Y', '3Y', '5Y', '10Y', 'MAX'] as const
export type PeriodName = (typeof periods)[number]
export type ReturnKind = 'twr' | 'irr'

/** What the address says about the view; everything else is a default. */
export interface View {
  readonly portfolioId: string | null
  readonly accountId: string | null
  readonly instrumentId: string | null
  readonly period: PeriodName | 'own'
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly currency: string | null
  /** The book as it was known at the end of this day; null for all that is known. */
  readonly knownOn: PlainDate | null
  readonly returnKind: ReturnKind
}

/** The parts of the address that travel from place to place. */
export const viewKeys = ['portfolio', 'account', 'instrument', 'period', 'from', 'to', 'currency', 'return', 'known'] as const

const months: Partial<Record<PeriodName, number>> = { '1M': 1, '3M': 3, '6M': 6, '1Y': 12, '3Y': 36, '5Y': 60, '10Y': 120 }

export function readView(search: URLSearchParams): View {
  const from = day(search.get('from'))
  const to = day(search.get('to'))
  const named = periods.find((name) => name === search.get('period'))
  return {
    portfolioId: search.get('portfolio'),
    accountId: search.get('account'),
    instrumentId: search.get('instrument'),
    period: from && to && from < to ? 'own' : (named ?? 'YTD'),
    from: from && to && from < to ? from : null,
    to,
    currency: /^[A-Z]{3}$/.test(search.get('currency') ?? '') ? search.get('currency') : null,
    knownOn: day(search.get('known')),
    returnKind: search.get('return') === 'irr' ? 'irr' : 'twr',
  }
}

function day(text: string | null): PlainDate | null {
  return text && isPlainDate(text) ? text : null
}

/** As the server is asked: the end of that day, UTC. */
export function knownAtOf({ knownOn }: Pick<View, 'knownOn'>): { knownAt?: string } {
  return knownOn === null ? {} : { knownAt: `${knownOn}T23:59:59.999Z` }
}

export interface Span {
  /** Figures are over (from, to]: the opening value is the end of the day `from`. */
  readonly from: PlainDate
  readonly to: PlainDate
}

/** The day before the first day of a named period that ends on `to`; `firstDay` is that of the first transaction. */
export function startOf(period: PeriodName, to: PlainDate, firstDay: PlainDate | null): PlainDate {
  const sinceFirst = firstDay ? addDays(firstDay, -1) : addMonths(to, -1)
  if (period === 'MAX') return earlier(sinceFirst, addDays(to, -1))
  if (period === '1D') return addDays(to, -1)
  if (period === '1W') return addDays(to, -7)
  if (period === 'YTD') return `${String(Number(to.slice(0, 4)) - 1).padStart(4, '0')}-12-31` as PlainDate
  return addMonths(to, -(months[period] ?? 12))
}

/** The days that a view means, cut to where the book begins. */
export function spanOf(view: View, today: PlainDate, firstDay: PlainDate | null): Span {
  const to = view.to ?? today
  const asked = view.period === 'own' ? (view.from ?? addMonths(to, -1)) : startOf(view.period, to, firstDay)
  if (!firstDay || addDays(firstDay, -1) >= to) return { from: asked, to }
  return { from: later(asked, addDays(firstDay, -1)), to }
}

/** The period before (−1) or after (1) the one in view, of the same length; null where there is none. */
export function stepped(view: View, today: PlainDate, firstDay: PlainDate | null, step: -1 | 1): { from: PlainDate; to: PlainDate } | null {
  if (view.period === 'MAX') return null
  const to = view.to ?? today
  const from = view.period === 'own' ? (view.from ?? to) : startOf(view.period, to, firstDay)
  if (view.period === 'YTD') {
    const year = Number(to.slice(0, 4)) + step
    return within({ from: `${year - 1}-12-31` as PlainDate, to: `${year}-12-31` as PlainDate }, today)
  }
  const length = view.period === 'own' ? undefined : months[view.period]
  if (length) return within({ from: addMonths(from, length * step), to: addMonths(to, length * step) }, today)
  const days = daysBetween(from, to)
  return within({ from: addDays(from, days * step), to: addDays(to, days * step) }, today)
}

function within(span: Span, today: PlainDate): Span | null {
  if (span.from >= today) return null
  return { from: span.from, to: earlier(span.to, today) }
}
