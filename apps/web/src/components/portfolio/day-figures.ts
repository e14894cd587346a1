import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { skipToken } from '@reduxjs/toolkit/query'
import type { Scope } from '../../hooks/useScope.ts'
import { knownAtOf } from '../../hooks/view.ts'
import { useHoldingsQuery } from '../../services/analytics-api.ts'

type Holdings = Schema<'Holdings'>

/** The day of the newest price among what is held; that of the holdings where nothing has a price. */
export function lastPricedDay({ asOf, holdings }: Holdings): string {
  const days = holdings.flatMap(({ priceDate }) => (priceDate !== null && priceDate <= asOf ? [priceDate] : []))
  return days.reduce((latest, day) => (day > latest ? day : latest), '') || asOf
}

/**
 * The change of a day is that of the last day with a price: on a Sunday every price is Friday's, and "0.00 today" would tell nothing.
 * Answers the holdings of that day, which are the given ones on a trading day; undefined while they are asked for.
 */
export function useDayFigures(scope: Scope, holdings: Holdings | undefined): Holdings | undefined {
  const day = holdings && lastPricedDay(holdings)
  const { portfolioId, accountId, currency } = scope.question
  const other =
    day && day < holdings.asOf
      ? { portfolioId, asOf: day, currency, ...knownAtOf(scope.view), ...(accountId ? { accountId } : {}) }
      : skipToken
  const found = useHoldingsQuery(other).currentData
  return other === skipToken ? holdings : found
}

/** Holdings with the day's changes of another day; what was not held then keeps its own. */
export function withDay(holdings: Holdings, day: Holdings | undefined): Holdings {
  if (!day || day.asOf === holdings.asOf) return holdings
  const changes = new Map(day.holdings.map(({ instrumentId, dayChange, dayChangeRatio }) => [instrumentId, { dayChange, dayChangeRatio }]))
  return {
    ...holdings,
    holdings: holdings.holdings.map((held) => ({ ...held, ...changes.get(held.instrumentId) })),
    totals: { ...holdings.totals, dayChange: day.totals.dayChange },
  }
}

/** The scope in which the day's changes are explained. */
export function scopeOfDay(scope: Scope, day: string): Scope {
  return { ...scope, to: day as PlainDate, question: { ...scope.question, to: day } }
}
