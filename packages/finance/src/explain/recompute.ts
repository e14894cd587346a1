import { Decimal } from '../money/decimal.ts'
import type { Trail, TrailParameters, TrailValue } from './trail.ts'

/** A node whose stated value does not follow from its inputs. */
export interface Mismatch {
  /** Figures from the root down to the node, joined by ' / '. */
  readonly path: string
  readonly stated: TrailValue
  readonly recomputed: TrailValue
}

/** Statistics are floats: two orders of summation may differ in the last digits. */
const relativeTolerance = 1e-12
/** Endless decimals (1/3) carry 80 digits; comparisons leave the last twenty to the order of the steps. */
const decimalTolerance = Decimal.parse(`0.${'0'.repeat(59)}1`)

/**
 * Evaluates every node of a trail from the values of its inputs. Decimals must match exactly (to 60 digits where a quotient has no end),
 * statistics to 1e-12 relative. An input that is null makes the node null. Returns the nodes that do not match; an empty list is a proof.
 */
export function recompute(trail: Trail): Mismatch[] {
  const mismatches: Mismatch[] = []
  const visit = (node: Trail, path: string): void => {
    for (const input of node.inputs) visit(input, `${path} / ${input.figure}`)
    const recomputed = evaluate(node)
    if (!matches(node, recomputed)) mismatches.push({ path, stated: node.value, recomputed })
  }
  visit(trail, trail.figure)
  return mismatches
}

function evaluate(node: Trail): TrailValue {
  if (node.op === 'given') return node.value
  if (node.op === 'unknown' || node.inputs.some((input) => input.value === null)) return null
  if (typeof node.value === 'string') return decimally(node)
  return statistically(node, node.parameters ?? {})
}

/** What an operation on decimals gives; throws a TypeError for one that gives a number. */
export function decimally(node: Pick<Trail, 'figure' | 'op' | 'inputs' | 'parameters'>): string {
  const [first, ...rest] = node.inputs.map((input) => Decimal.parse(String(input.value)))
  if (node.op === 'sum') return Decimal.sum(first ? [first, ...rest] : []).toString()
  if (!first) throw new TypeError(`${node.figure}: ${node.op} needs an input`)
  switch (node.op) {
    case 'difference':
      return rest.reduce((left, right) => left.minus(right), first).toString()
    case 'product':
      return rest.reduce((left, right) => left.times(right), first).toString()
    case 'quotient':
      return rest.reduce((left, right) => left.ratio(right), first).toString()
    case 'negation':
      return first.negated().toString()
    case 'round':
      return first.round(Number(node.parameters?.places ?? 0), 'half-away-from-zero').toString()
    default:
      throw new TypeError(`${node.figure}: ${node.op} gives a number, not a decimal`)
  }
}

function statistically(node: Trail, parameters: TrailParameters): TrailValue {
  const inputs = node.inputs.map((input) => Number(input.value))
  const first = inputs[0] ?? 0
  switch (node.op) {
    case 'sum':
      return inputs.reduce((left, right) => left + right, 0)
    case 'difference':
      return inputs.slice(1).reduce((left, right) => left - right, first)
    case 'product':
      return inputs.slice(1).reduce((left, right) => left * right, first)
    case 'quotient':
      return quotient(node.inputs)
    case 'negation':
      return -first
    case 'annualise':
      return (1 + first) ** (365 / Number(parameters.days)) - 1
    case 'growth-chain':
      return growthChain(parameters)
    case 'compound':
      return column(parameters, 'returns').reduce((growth, r) => growth * (1 + r), 1) - 1
    case 'max-drawdown':
      return fallBetween(inputs, maxDrawdown(column(parameters, 'curve')))
    case 'sample-deviation':
      return sampleDeviation(column(parameters, 'returns')) * Math.sqrt(Number(parameters.scale ?? 1))
    case 'internal-rate':
      return isRoot(Number(node.value), parameters) ? node.value : null
    default:
      throw new TypeError(`${node.figure}: ${node.op} gives a decimal, not a number`)
  }
}

/** A share of exact amounts becomes a statistic by one division, as `Decimal.ratio` does; statistics are divided as they are. */
function quotient(inputs: readonly Trail[]): number {
  const values = inputs.map((input) => input.value)
  if (!values.every((value) => typeof value === 'string'))
    return values
      .slice(1)
      .map(Number)
      .reduce((left, right) => left / right, Number(values[0]))
  const [first = Decimal.zero, ...rest] = values.map((value) => Decimal.parse(value))
  return rest.reduce((left, right) => left.ratio(right), first).toNumber()
}

/** The largest fall of the curve, believed when it lies between the peak and the trough that are named. */
function fallBetween([peak, trough]: readonly number[], deepest: number): number | null {
  if (peak === undefined || trough === undefined) return deepest
  return Math.abs((peak - trough) / peak - deepest) <= relativeTolerance * Math.max(1, deepest) ? deepest : null
}

function column(parameters: TrailParameters, name: string): number[] {
  const values = parameters[name]
  if (!Array.isArray(values)) throw new TypeError(`the column ${name} is missing`)
  return values.map(Number)
}

function growthChain(parameters: TrailParameters): number {
  const [opening, inflow, outflow, closing] = ['opening', 'inflow', 'outflow', 'closing'].map((name) => column(parameters, name))
  if (!opening || !inflow || !outflow || !closing) return Number.NaN
  const timing = parameters.timing ?? 'split'
  return (
    closing.reduce((growth, after, day) => {
      const before = opening[day] ?? 0
      const [into, out] = [inflow[day] ?? 0, outflow[day] ?? 0]
      const net = into - out
      const [numerator, base] =
        timing === 'start'
          ? [after, before + net]
          : timing === 'end'
            ? [after - net, before]
            : timing === 'half'
              ? [after - net / 2, before + net / 2]
              : [after + out, before + into]
      return base === 0 ? growth : growth * (numerator / base)
    }, 1) - 1
  )
}

function maxDrawdown(curve: readonly number[]): number {
  let [peak, deepest] = [Number.NEGATIVE_INFINITY, 0]
  for (const point of curve) {
    peak = Math.max(peak, point)
    if (peak > 0) deepest = Math.max(deepest, (peak - point) / peak)
  }
  return deepest
}

function sampleDeviation(returns: readonly number[]): number {
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length
  return Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1))
}

/** A rate is no result of a formula: it is believed when it makes the present values cancel. */
function isRoot(rate: number, parameters: TrailParameters): boolean {
  const [amounts, days] = [column(parameters, 'amounts'), column(parameters, 'days')]
  let [sum, size] = [0, 0]
  for (const [index, amount] of amounts.entries()) {
    const present = amount / (1 + rate) ** ((days[index] ?? 0) / 365)
    sum += present
    size += Math.abs(present)
  }
  return rate === -1 || Math.abs(sum) <= 1e-8 * size
}

function matches(node: Trail, recomputed: TrailValue): boolean {
  const stated = node.value
  if (stated === recomputed) return true
  if (stated === null || recomputed === null) return false
  if (typeof stated === 'string' && typeof recomputed === 'string') {
    const gap = Decimal.parse(stated).minus(Decimal.parse(recomputed)).abs()
    return !decimalTolerance.isLessThan(gap)
  }
  if (typeof stated !== 'number' || typeof recomputed !== 'number') return false
  return Math.abs(stated - recomputed) <= relativeTolerance * Math.max(1, Math.abs(stated), Math.abs(recomputed))
}
