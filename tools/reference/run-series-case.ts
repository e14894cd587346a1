import { Decimal } from '@pe/finance/money/decimal.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import { internalRateOfReturn } from '@pe/finance/returns/internal-rate-of-return.ts'
import { timeWeightedReturn } from '@pe/finance/returns/time-weighted-return.ts'
import { drawdown } from '@pe/finance/statistics/drawdown.ts'
import { semivolatilityOfPeriod, volatilityOfPeriod } from '@pe/finance/statistics/volatility.ts'
import { dateOfDay, dayNumber, plainDate } from '@pe/finance/time/plain-date.ts'
import { plain, statistic, text, undefinedFor } from './book/answers.ts'
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
    const series = input as ValuationSeries
    return (expected) => valuationFigure(series, expected, { ...options, ...expected.options })
  },
}

interface ValuationSeries {
  readonly values: Pairs
  readonly flows: Pairs | null
  readonly costs?: Pairs | undefined
}

function valuationFigure(series: ValuationSeries, expected: Expectation, options: Options): Answer {
  const { figure, from, to, date } = expected
  const valueOn = (day: string | undefined) => decimalOn(series.values, day)
  if (figure === 'returnOnCost')
    return plain(
      valueOn(date ?? to)
        .ratio(decimalOn(series.costs ?? [], date ?? to))
        .minus(Decimal.one),
    )
  if (figure === 'valueChange') return plain(valueOn(to).minus(valueOn(from)))
  if (figure !== 'profit' && figure !== 'twr' && figure !== 'xirr') return notHere(figure)
  if (series.flows === null) return undefinedFor('flows-unknown')
  const within = series.flows.filter(([day]) => day > (from ?? '') && day <= (to ?? ''))
  if (figure === 'profit') {
    return plain(
      valueOn(to)
        .minus(valueOn(from))
        .minus(Decimal.sum(within.map(([, amount]) => Decimal.parse(amount)))),
    )
  }
  if (figure === 'twr')
    return chained(
      series.values.filter(([day]) => day >= (from ?? '') && day <= (to ?? '')),
      within,
      options,
    )
  const flows = fromPairs(within).map(({ day, amount }) => ({ day, amount: -amount }))
  const end = (day: string | undefined, sign: number) => ({ day: dayNumber(plainDate(day ?? '')), amount: sign * valueOn(day).toNumber() })
  const { rate, status } = internalRateOfReturn([end(from, -1), ...flows, end(to, 1)])
  return statistic(rate, status)
}

/** The dates given are the chain: entry after entry, each with the flows since the one before. */
function chained(values: Pairs, flows: Pairs, options: Options): Answer {
  const between = (i: number, sign: 1 | -1) => {
    const [after, upTo] = [values[i - 1]?.[0], values[i]?.[0]]
    if (after === undefined || upTo === undefined) return 0
    const own = flows.filter(([day, amount]) => day > after && day <= upTo && Math.sign(Number(amount)) === sign)
    return own.reduce((sum, [, amount]) => sum + sign * Number(amount), 0)
  }
  const series = {
    firstDay: 0,
    value: Float64Array.from(values, ([, value]) => Number(value)),
    inflow: Float64Array.from(values, (_, i) => between(i, 1)),
    outflow: Float64Array.from(values, (_, i) => between(i, -1)),
  }
  const { twr, status } = timeWeightedReturn(series, undefined, (options.flowTiming ?? 'split') as FlowTiming)
  return statistic(twr, status)
}

function decimalOn(pairs: Pairs, date: string | undefined): Decimal {
  const found = pairs.find(([day]) => day === date)
  if (!found) throw new UnknownShape(`the series has no entry on ${date}`)
  return Decimal.parse(found[1])
}

function notHere(figure: string): never {
  throw new UnknownShape(`figure ${JSON.stringify(figure)} does not belong to this type of case`)
}
