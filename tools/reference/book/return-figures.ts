import type { Decimal } from '@pe/finance/money/decimal.ts'
import { type Known, whenKnown } from '@pe/finance/prices/known.ts'
import { internalRateOfReturn } from '@pe/finance/returns/internal-rate-of-return.ts'
import { type DailySeries, dayReturns, type TimeWeightedReturn, timeWeightedReturn } from '@pe/finance/returns/time-weighted-return.ts'
import { type Drawdown, drawdownOfSeries } from '@pe/finance/statistics/drawdown.ts'
import { returnsOfMarketDays, semivolatilityOfPeriod, volatilityOfPeriod } from '@pe/finance/statistics/volatility.ts'
import { addDays, dateOfDay, dayNumber, earlier, later, type PlainDate, weekday } from '@pe/finance/time/plain-date.ts'
import { asNumbers, type ExactSeries, exactSeries } from '@pe/finance/valuation/daily-series.ts'
import { flowsOf, totalOf } from '@pe/finance/valuation/flows.ts'
import { valueOn } from '@pe/finance/valuation/value.ts'
import type { Answer } from '../peer-case.ts'
import { counted, money, statistic, text, undefinedFor, unknownAnswer } from './answers.ts'
import type { Figure } from './figures.ts'
import type { Question } from './question.ts'

/** Figures of returns: all of them stand on the exact daily series of the scope. */
export const returnFigures: Readonly<Record<string, Figure>> = {
  twr: (q) => told(q, (result) => statistic(result.twr, reasonOf(result))),
  twrAnnualised: (q) => told(q, (result) => statistic(result.annualised?.rate ?? null, reasonOf(result))),
  undefinedDays: (q) => told(q, (result) => counted(result.undefinedDays)),
  dayReturn: (q) => over(q, addDays(q.to, -1), q.to, (series) => statistic(dayReturns(series, q.timing)[1] ?? null, 'undefined')),
  periodReturn: (q) => told(weekOf(q), (result) => statistic(result.twr, reasonOf(result))),
  xirr: (q) => {
    const flows = investorFlows(q)
    if (!Array.isArray(flows)) return flows
    const { rate, status } = internalRateOfReturn(flows)
    return statistic(rate, status)
  },
  maxDrawdown: (q) => fallen(q, ({ max }) => statistic(max, 'undefined'), '0'),
  maxDrawdownDays: (q) => fallen(q, ({ longest }) => counted(longest.days), '0'),
  recoveryFrom: (q) => fallen(q, ({ recovery }) => text(dateOfDay(recovery.from)), null),
  recoveryTo: (q) => fallen(q, ({ recovery }) => text(dateOfDay(recovery.to)), null),
  volatilityOfPeriod: (q) => marketDays(q, volatilityOfPeriod),
  semivolatilityOfPeriod: (q) => marketDays(q, semivolatilityOfPeriod),
  xirrFlow: (q) =>
    money(
      q,
      whenKnown(flowOn(q, q.day), (amount) => amount.negated()),
    ),
}

/** The daily series of the scope, or why a day of it is unknown. */
export function over(q: Question, from: PlainDate, to: PlainDate, answer: (series: DailySeries) => Answer): Answer {
  const series = exactSeries(q.read.book, q.scope, from, to, q.options)
  const gap = firstGap(series)
  return gap ? unknownAnswer(gap) : answer(asNumbers(series))
}

function told(q: Question, answer: (result: TimeWeightedReturn) => Answer): Answer {
  return over(q, q.from, q.to, (series) => answer(timeWeightedReturn(series, undefined, q.timing)))
}

/** A figure of the drawdown of the period; nothing ever held never fell. */
function fallen(q: Question, answer: (found: Drawdown) => Answer, without: string | null): Answer {
  return over(q, q.from, q.to, (series) => {
    const found = drawdownOfSeries(series, undefined, q.timing)
    if (found) return answer(found)
    return without === null ? undefinedFor('undefined') : text(without)
  })
}

function marketDays(q: Question, deviation: (returns: readonly number[]) => number): Answer {
  return over(q, q.from, q.to, (series) => statistic(deviation(returnsOfMarketDays(series, undefined, q.timing)), 'undefined'))
}

/** Over a book a base below 0 is a value of the chain below 0: the shapes know one reason for both. */
function reasonOf({ status }: TimeWeightedReturn): string {
  return status === 'undefined_nonpositive_base' ? 'undefined_negative_value' : status
}

function firstGap(series: ExactSeries) {
  for (const column of [series.value, series.inflow, series.outflow]) for (const value of column) if (!value.known) return value
  return null
}

/** The week (Monday to Sunday) that holds the day, cut to the period. */
function weekOf(q: Question): Question {
  const sinceMonday = (weekday(dayNumber(q.day)) + 6) % 7
  const monday = addDays(q.day, -sinceMonday)
  return { ...q, from: later(q.from, addDays(monday, -1)), to: earlier(q.to, addDays(monday, 6)) }
}

function flowOn(q: Question, date: PlainDate): Known<Decimal> {
  return totalOf(flowsOf(q.read.book, q.scope, addDays(date, -1), date, q.options))
}

/** −opening value, flows with the sign of the investor, +closing value. */
function investorFlows(q: Question): { day: number; amount: number }[] | Answer {
  const { book } = q.read
  const [opening, closing] = [valueOn(book, q.scope, q.from, q.options).value, valueOn(book, q.scope, q.to, q.options).value]
  if (!opening.known) return unknownAnswer(opening)
  if (!closing.known) return unknownAnswer(closing)
  const dated = [{ day: dayNumber(q.from), amount: -opening.value.toNumber() }]
  for (const { date, amount } of flowsOf(book, q.scope, q.from, q.to, q.options)) {
    if (!amount.known) return unknownAnswer(amount)
    dated.push({ day: dayNumber(date), amount: -amount.value.toNumber() })
  }
  dated.push({ day: dayNumber(q.to), amount: closing.value.toNumber() })
  return dated.filter(({ amount }) => amount !== 0)
}
