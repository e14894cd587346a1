import type { AppliedAction, Ratio } from '@pe/finance/actions/corporate-action.ts'
import { entriesOf } from '@pe/finance/actions/with-actions.ts'
import { dividendRhythm } from '@pe/finance/dividends/dividend-rhythm.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import { internalRateOfReturn } from '@pe/finance/returns/internal-rate-of-return.ts'
import {
  changeOf,
  type DatedDecimal,
  profitOf,
  rateOfReturnOf,
  returnOnCostOf,
  timeWeightedReturnOf,
  type ValuationSeries,
} from '@pe/finance/returns/valuation-series.ts'
import { drawdown } from '@pe/finance/statistics/drawdown.ts'
import { semivolatilityOfPeriod, volatilityOfPeriod } from '@pe/finance/statistics/volatility.ts'
import { dateOfDay, type PlainDate, plainDate } from '@pe/finance/time/plain-date.ts'
import { optional, plain, statistic, text, undefinedFor, unknownAnswer } from './book/answers.ts'
import { UnknownShape } from './book/shapes.ts'
import { fromPairs } from './dated-amounts.ts'
import type { Answer, Expectation, Options, PeerCase } from './peer-case.ts'

type Pairs = readonly (readonly [string, string])[]
type Runner = (peerCase: PeerCase) => (expected: Expectation) => Answer

/** The peer case types that are series rather than books, one runner each: the input is read once, then asked line by line. */
export const seriesRunners: Readonly<Record<string, Runner>> = {
  xirr({ input }) {
    const { rate, status } = internalRateOfReturn(fromPairs((input as { flows: Pairs }).flows))
    return ({ figure }) => (figure === 'xirr' ? statistic(rate, status) : notHere(figure))
  },
  drawdown({ input }) {
    const curve = fromPairs((input as { cumulativeReturns: Pairs }).cumulativeReturns)
    const found = drawdown(
      curve.map(({ amount }) => 1 + amount),
      curve.map(({ day }) => day),
    )
    return ({ figure }) => {
      if (!found) return undefinedFor('undefined')
      if (figure === 'maxDrawdown') return statistic(found.max, 'undefined')
      if (figure === 'maxDrawdownDays') return statistic(found.longest.days, 'undefined')
      if (figure === 'recoveryFrom') return text(dateOfDay(found.recovery.from))
      return figure === 'recoveryTo' ? text(dateOfDay(found.recovery.to)) : notHere(figure)
    }
  },
  volatility({ input }) {
    const { returns, skip } = input as { returns: readonly string[]; skip: string }
    const counted = returns.slice(Number(skip)).map(Number)
    return ({ figure }) => {
      if (figure === 'volatilityOfPeriod') return statistic(volatilityOfPeriod(counted), 'undefined')
      return figure === 'semivolatilityOfPeriod' ? statistic(semivolatilityOfPeriod(counted), 'undefined') : notHere(figure)
    }
  },
  'valuation-series'({ input, options }) {
    const series = valuationSeries(input as ShapedSeries)
    return (expected) => valuationFigure(series, expected, { ...options, ...expected.options })
  },
  'split-arithmetic'({ input }) {
    const terms = input as { new: string; old: string; price?: string; quantity: string }
    const ratio = { new: Decimal.parse(terms.new), old: Decimal.parse(terms.old) }
    return ({ figure }) => {
      if (figure === 'splitQuantity') return plain(unitsAfterSplit(Decimal.parse(terms.quantity), ratio))
      if (figure !== 'splitPrice') return notHere(figure)
      if (terms.price === undefined) throw new UnknownShape('a price after a split needs the one before')
      return plain(Decimal.parse(terms.price).times(ratio.old).ratio(ratio.new))
    }
  },
  'dividend-rhythm'({ input }) {
    const rhythm = dividendRhythm(datedDecimals((input as { payments: Pairs }).payments))
    return ({ figure }) => (figure === 'dividendRhythm' ? text(rhythm) : notHere(figure))
  },
}

interface ShapedSeries {
  readonly values: Pairs
  readonly flows: Pairs | null
  readonly costs?: Pairs | undefined
}

function valuationSeries({ values, flows, costs }: ShapedSeries): ValuationSeries {
  return { values: datedDecimals(values), flows: flows && datedDecimals(flows), costs: costs && datedDecimals(costs) }
}

function valuationFigure(series: ValuationSeries, expected: Expectation, options: Options): Answer {
  const { figure } = expected
  const to = day(expected.to ?? expected.date)
  if (figure === 'returnOnCost') return optional(returnOnCostOf(series, to))
  const from = day(expected.from)
  if (figure === 'valueChange') return amount(changeOf(series, from, to))
  if (figure === 'profit') return amount(profitOf(series, from, to))
  if (figure === 'twr') {
    const found = timeWeightedReturnOf(series, from, to, (options.flowTiming ?? 'split') as FlowTiming)
    return found.known ? statistic(found.value.twr, found.value.status) : unknownAnswer(found)
  }
  if (figure !== 'xirr') return notHere(figure)
  const found = rateOfReturnOf(series, from, to)
  return found.known ? statistic(found.value.rate, found.value.status) : unknownAnswer(found)
}

/** As the ledger applies a split to what one account holds. */
function unitsAfterSplit(held: Decimal, ratio: Ratio): Decimal {
  const [accountId, exDate] = ['A', plainDate('2000-01-01')]
  const split: AppliedAction = { id: 'split', kind: 'split', instrumentId: 'X', exDate, ratio, currency: currency('EUR'), accounts: [] }
  return Decimal.sum([held, ...entriesOf(split, { accountId }, held).map(({ quantity }) => quantity ?? Decimal.zero)])
}

function amount(value: Known<Decimal>): Answer {
  return value.known ? plain(value.value) : unknownAnswer(value)
}

function datedDecimals(pairs: Pairs): DatedDecimal[] {
  return pairs.map(([date, text]) => ({ date: plainDate(date), amount: Decimal.parse(text) }))
}

function day(date: string | undefined): PlainDate {
  if (date === undefined) throw new UnknownShape('an expectation of a series without its day')
  return plainDate(date)
}

function notHere(figure: string): never {
  throw new UnknownShape(`figure ${JSON.stringify(figure)} does not belong to this type of case`)
}
