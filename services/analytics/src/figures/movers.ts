import type { Call } from '@pe/contracts/actor.ts'
import type { AnalyticsRoutes, Mover } from '@pe/contracts/analytics.ts'
import type { Reply } from '@pe/contracts/route.ts'
import { profit } from '@pe/finance/gains/profit.ts'
import type { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import { valueOn } from '@pe/finance/valuation/value.ts'
import type { Static } from 'typebox'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { type FigurePeriod, figurePeriod, firstDayOf } from '../scopes/figure-period.ts'
import { type FigureScope, scopeOfFinance } from '../scopes/figure-scope.ts'
import { moneyFigure, staleness } from './known-figure.ts'
import { returnsOfPeriod } from './returns-of-period.ts'
import type { AskedPeriod } from './series-for.ts'
import { valueSeriesOf } from './value-series-of.ts'

/** What each instrument earned over a period, largest first, unknown ones last; those that were not there are left out. */
export async function movers(
  deps: Deps,
  call: Call,
  scope: FigureScope,
  asked: AskedPeriod,
): Promise<Reply<AnalyticsRoutes['portfolioMovers']>> {
  const book = await deps.books.read(call, scope.accountIds, scope.currency)
  const today = deps.clock.today(call.actor.timeZone)
  const period = figurePeriod(firstDayOf(book, scope), asked, today)
  const found = Array.from(book.parts.instruments.keys(), (instrumentId) => {
    const part = book.ofInstrument(instrumentId)
    const own = { ...scope, instrumentId, stored: null }
    return moverOf(deps, call, part, own, figurePeriod(firstDayOf(part, own), period, today))
  })
  const there = found.filter((mover) => mover !== null).sort((a, b) => byProfit(a.profit, b.profit))
  return { from: period.from, to: period.to, currency: scope.currency, movers: there.map(({ mover }) => mover) }
}

function moverOf(
  deps: Deps,
  call: Call,
  book: LoadedBook,
  scope: FigureScope & { instrumentId: string },
  period: FigurePeriod,
): { profit: Known<Decimal>; mover: Static<typeof Mover> } | null {
  const options = { currency: scope.currency }
  const part = scopeOfFinance(scope)
  const series = valueSeriesOf(deps, call, book, scope, period, 'minorUnit')
  const closing = valueOn(book.book, part, period.to, options).value
  const { id, name, symbol } = book.instrument(scope.instrumentId)
  const { figures, trouble } = returnsOfPeriod({
    ...{ series, period, flowTiming: 'split', nameOf: () => name },
    staleSince: staleness(closing).staleSince,
  })
  if (trouble?.reason === 'nothing-held') return null
  const earned = profit(book.book, part, period.from, period.to, options)
  const mover = {
    instrumentId: id,
    instrument: name,
    symbol,
    profit: moneyFigure(book, earned, scope.currency),
    twr: figures.twr,
    closingValue: moneyFigure(book, closing, scope.currency),
    held: !closing.known || !closing.value.isZero(),
  }
  return { profit: earned, mover }
}

function byProfit(a: Known<Decimal>, b: Known<Decimal>): number {
  if (a.known && b.known) return b.value.compare(a.value)
  return Number(b.known) - Number(a.known)
}
