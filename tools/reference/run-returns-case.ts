import { chainedReturn } from '@pe/finance/returns/chained-return.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import { internalRateOfReturn } from '@pe/finance/returns/internal-rate-of-return.ts'
import { type DietzReturn, type DietzWeighting, linkedModifiedDietz, modifiedDietz } from '@pe/finance/returns/modified-dietz.ts'
import { dayNumber, plainDate } from '@pe/finance/time/plain-date.ts'
import { fromRecords } from './dated-amounts.ts'
import type { OwnShapeCase } from './own-shape.ts'
import { type Closeness, compareKeys, relative } from './relative.ts'
import type { Verdict } from './verdict.ts'

/** The file's own tolerance for rates: relative 1e-9 on 1 + rate, 1e-10 absolute where |rate| < 1. */
const asRates: Closeness = (actual, expected) =>
  Math.abs(expected) < 1 ? Math.abs(actual - expected) <= 1e-10 : Math.abs(actual - expected) <= 1e-9 * Math.abs(1 + expected)
/** And for Dietz and chained returns: relative 1e-12. */
const asDietz = relative(1e-12)

type Flow = { date: string; amount: number }
interface DietzInputs {
  readonly begin_value: number
  readonly end_value: number
  readonly start: string
  readonly end: string
  readonly flows: readonly Flow[]
}

/** The types of golden-xirr-twr, one runner each. */
export const returnsRunners: Readonly<Record<string, (reference: OwnShapeCase) => Verdict>> = {
  xirr({ inputs, expected }) {
    const found = internalRateOfReturn(fromRecords((inputs as { flows: Flow[] }).flows))
    const named = {
      status: found.status,
      rate: found.rate,
      all_roots: found.roots,
      ln_1_plus_rate: found.logRate,
      period_return_not_annualised: found.periodReturn,
      span_days: found.spanDays,
    }
    return compareKeys(named, expected, asRates)
  },
  modified_dietz({ inputs, expected }) {
    const period = dietzPeriod(inputs as DietzInputs)
    const block = (weighting: DietzWeighting) => named(modifiedDietz(period, weighting))
    const { days, netFlow, gain } = modifiedDietz(period)
    const actual = {
      days,
      net_flow: netFlow,
      gain,
      end_of_day: block('end-of-day'),
      start_of_day: block('start-of-day'),
      simple_dietz: block('mid-point'),
    }
    return compareKeys(actual, expected, asDietz)
  },
  linked_modified_dietz({ inputs, expected }) {
    const { periodReturns, linked } = linkedModifiedDietz((inputs as { months: DietzInputs[] }).months.map(dietzPeriod))
    return compareKeys({ period_returns: periodReturns, linked }, withoutNotes(expected), asDietz)
  },
  twr({ inputs, expected }) {
    const { valuations, flows } = inputs as { valuations: { date: string; value: number }[]; flows: Flow[] }
    const block = (timing: FlowTiming) => {
      const { status, subPeriodReturns, twr, days, annualised } = chainedReturn(fromRecords(valuations), fromRecords(flows), timing)
      return { status, sub_period_returns: subPeriodReturns, twr, days, annualised_act365: annualised }
    }
    return compareKeys({ end_of_day: block('end'), start_of_day: block('start'), split: block('split') }, expected, asDietz)
  },
}

function dietzPeriod({ begin_value, end_value, start, end, flows }: DietzInputs) {
  return { beginValue: begin_value, endValue: end_value, start: day(start), end: day(end), flows: fromRecords(flows) }
}

function named({ averageCapital, gain, rate, status }: DietzReturn) {
  return { average_capital: averageCapital, gain, rate, status }
}

/** In this type the words stand among the expected keys. */
function withoutNotes(expected: unknown): unknown {
  const { notes: _, ...figures } = expected as Record<string, unknown>
  return figures
}

function day(date: string): number {
  return dayNumber(plainDate(date))
}
