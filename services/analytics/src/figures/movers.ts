import type { Call } from '@pe/contracts/actor.ts'
import type { Mover, Movers } from '@pe/contracts/analytics.ts'
import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import { profit } from '@pe/finance/gains/profit.ts'
import type { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import { minusKnown, sumKnown } from '@pe/finance/prices/known-sum.ts'
import { valueOn } from '@pe/finance/valuation/value.ts'
import type { Static } from 'typebox'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { type FigurePeriod, figurePeriod, firstDayOf } from '../scopes/figure-period.ts'
import { type FigureScope, lotOptions, scopeOfFinance } from '../scopes/figure-scope.ts'
import { moversTrails, moverTrails } from '../trails/movers-trails.ts'
import { trailNames } from '../trails/trail-names.ts'
import { asKnownWarnings } from './as-known-warnings.ts'
import { moneyFigure, staleness } from './known-figure.ts'
import { returnsOfPeriod } from './returns-of-period.ts'
import type { AskedPeriod } from './series-for.ts'
import { valueSeriesOf } from './value-series-of.ts'

export interface MoversQuery extends AskedPeriod {
  readonly explain?: boolean | undefined
}

/**
 * What made the profit of a period: each instrument, largest first, unknown ones last (those that were not there are left out), and the
 * rest, which no instrument made. Together they are the profit.
 */
export async function movers(deps: Deps, call: Call, scope: FigureScope, asked: MoversQuery): Promise<Movers> {
  const book = await deps.books.read(call, scope.accountIds, scope.currency, scope.knownAt)
  const today = deps.clock.today(call.actor.timeZone)
  const period = figurePeriod(firstDayOf(book, scope), asked, today)
  const found = Array.from(book.parts.instruments.keys(), (instrumentId) => {
    const part = book.ofInstrument(instrumentId)
    const own = { ...scope, instrumentId, stored: null }
    return moverOf(deps, call, part, own, figurePeriod(firstDayOf(part, own), period, today))
  })
  const there = found.filter((mover) => mover !== null).sort((a, b) => byProfit(a.profit, b.profit))
  const options: GainOptions = lotOptions(scope)
  const whole = profit(book.book, scopeOfFinance(scope), period.from, period.to, options)
  const rows = there.map(({ profit, mover: { instrumentId } }) => ({ instrumentId, profit }))
  const rest = minusKnown(whole, sumKnown(rows.map((row) => row.profit)))
  const explained = asked.explain ? await trailNames(deps, call, book) : null
  return {
    from: period.from,
    to: period.to,
    currency: scope.currency,
    movers: there.map(({ mover }) => ({
      ...mover,
      ...(explained ? { trails: explained.ofAll(moverTrails(book, scope, mover.instrumentId, period, options)) } : {}),
    })),
    rest: moneyFigure(book, rest, scope.currency),
    profit: moneyFigure(book, whole, scope.currency),
    warnings: asKnownWarnings(scope),
    ...(explained ? { trails: explained.ofAll(moversTrails(book, scopeOfFinance(scope), period, rows, rest, options)) } : {}),
  }
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
  const earned = profit(book.book, part, period.from, period.to, options)
  // A tax or its refund may come after the last unit is gone: then there is no return, but a profit.
  if (trouble?.reason === 'nothing-held' && earned.known && earned.value.isZero()) return null
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
