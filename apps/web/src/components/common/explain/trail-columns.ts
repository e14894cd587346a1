import type { Trail } from '@pe/finance/explain/trail.ts'
import { type FlowTiming, growth } from '@pe/finance/returns/flow-timing.ts'
import { addDays, isPlainDate, type PlainDate } from '@pe/finance/time/plain-date.ts'

/** A line about the columns that a return was computed from; `words` is a key under explain.columns. */
export interface ColumnFact {
  readonly words: string
  readonly count: number
  readonly amount?: string
  readonly signed?: boolean
  readonly date?: string
}

/** What a chain of days or a rate of return rests on, summed up. */
export function columnFacts(trail: Trail): ColumnFact[] {
  if (trail.op === 'growth-chain') return chainFacts(trail)
  if (trail.op === 'internal-rate') return flowFacts(trail)
  const returns = numbers(trail, 'returns')
  if (returns.length > 0) return [{ words: 'returns', count: returns.length }]
  return trail.op === 'max-drawdown' ? drawdownFacts(trail) : []
}

/** What was held worth at the peak and at the trough: flows between them are why their quotient is not the fall. */
function drawdownFacts(trail: Trail): ColumnFact[] {
  const worth = (words: 'peak' | 'trough'): ColumnFact[] => {
    const [date, amount] = [trail.parameters?.[`${words}Day`], trail.parameters?.[`${words}Value`]]
    return typeof date === 'string' && typeof amount === 'string' ? [{ words: `${words}Value`, count: 1, amount, date }] : []
  }
  return [...worth('peak'), ...worth('trough'), { words: 'days', count: numbers(trail, 'curve').length }]
}

function chainFacts(trail: Trail): ColumnFact[] {
  const [opening, closing, inflow, outflow] = ['opening', 'closing', 'inflow', 'outflow'].map((name) => numbers(trail, name)) as [
    number[],
    number[],
    number[],
    number[],
  ]
  const from = firstDay(trail)
  if (!from || closing.length === 0) return []
  return [
    { words: 'opening', count: 1, amount: text(opening[0] ?? 0), date: from },
    { words: 'moneyIn', count: inflow.filter(Boolean).length, amount: text(sum(inflow)), signed: true },
    { words: 'moneyOut', count: outflow.filter(Boolean).length, amount: text(-sum(outflow)), signed: true },
    { words: 'closing', count: 1, amount: text(closing.at(-1) ?? 0), date: addDays(from, closing.length) },
    { words: 'days', count: closing.length },
  ]
}

/** Flows as the rate sees them: paid in is positive, what came back and the closing value negative, or the other way round. */
function flowFacts(trail: Trail): ColumnFact[] {
  const amounts = numbers(trail, 'amounts')
  const days = numbers(trail, 'days')
  const plus = amounts.filter((amount) => amount > 0)
  const minus = amounts.filter((amount) => amount < 0)
  return [
    { words: 'flowsIn', count: plus.length, amount: text(sum(plus)), signed: true },
    { words: 'flowsOut', count: minus.length, amount: text(sum(minus)), signed: true },
    { words: 'span', count: (days.at(-1) ?? 0) - (days[0] ?? 0) },
  ]
}

export interface DatedReturn {
  readonly date: string
  readonly value: number
}

/** The days of a chain that moved it most, largest first. */
export function daysThatMattered(trail: Trail, count: number): DatedReturn[] {
  const from = firstDay(trail)
  const timing = trail.parameters?.timing
  if (trail.op !== 'growth-chain' || !from || typeof timing !== 'string') return []
  const [opening, closing, inflow, outflow] = ['opening', 'closing', 'inflow', 'outflow'].map((name) => numbers(trail, name)) as [
    number[],
    number[],
    number[],
    number[],
  ]
  return closing
    .map((after, at) => {
      const { numerator, base } = growth(opening[at] ?? 0, after, inflow[at] ?? 0, outflow[at] ?? 0, timing as FlowTiming)
      return { date: addDays(from, at + 1), value: base === 0 ? 0 : numerator / base - 1 }
    })
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, count)
}

function firstDay(trail: Trail): PlainDate | null {
  const day = trail.parameters?.firstDay
  return typeof day === 'string' && isPlainDate(day) ? day : null
}

function numbers(trail: Trail, name: string): number[] {
  const column = trail.parameters?.[name]
  return Array.isArray(column) ? column.map(Number) : []
}

function sum(column: readonly number[]): number {
  return column.reduce((total, value) => total + value, 0)
}

/** Cents of a statistic, for showing. */
function text(amount: number): string {
  return amount.toFixed(2)
}
