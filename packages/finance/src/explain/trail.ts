import type { TransactionKind } from '../ledger/transaction.ts'

/**
 * How a figure came about: a tree whose leaves are facts (a transaction, a close, a rate, a setting) and whose nodes name one step
 * of arithmetic each. `recompute` (recompute.ts) evaluates every node from its inputs, so a trail can be believed.
 * Decimals stand as decimal strings, statistics (returns, rates of return, volatilities) as numbers, an unknown as null.
 */
export interface Trail {
  /** Stable id and i18n key: 'value', 'position.marketValue', 'twr'. */
  readonly figure: string
  readonly value: TrailValue
  /** A currency code, or what is counted. */
  readonly unit?: string | undefined
  readonly op: TrailOperation
  readonly inputs: readonly Trail[]
  /** What the operation needs besides its inputs; long lists of flows or days stand here in columns. */
  readonly parameters?: TrailParameters | undefined
  readonly source?: TrailSource | undefined
}

export type TrailValue = string | number | boolean | null

/**
 * - `given`: a leaf; nothing to recompute.
 * - `unknown`: a leaf whose value is null; `parameters.reason` says why.
 * - `sum`, `product`: over all inputs, left to right. `difference`, `quotient`: the first less (by) each of the others.
 * - `negation`: of the only input. `round`: of the only input, to `parameters.places`, half away from zero.
 * - `growth-chain`: Π(1 + r) − 1 over the columns `opening`, `inflow`, `outflow`, `closing` with `timing` (split, start, end, half).
 * - `internal-rate`: the rate at which Σ `amounts` / (1 + rate)^(`days` / 365) is 0.
 * - `annualise`: (1 + input)^(365 / `days`) − 1.
 * - `compound`: Π(1 + r) − 1 over the column `returns`.
 * - `max-drawdown`: largest fall from a peak of the column `curve`, as a positive share of the peak; its two inputs, where it has them,
 *   are the points of the curve at that peak and at its trough.
 * - `sample-deviation`: standard deviation (n − 1) of the column `returns`, times the square root of `scale`.
 */
export const trailOperations = [
  'given',
  'unknown',
  'sum',
  'difference',
  'product',
  'quotient',
  'negation',
  'round',
  'growth-chain',
  'internal-rate',
  'annualise',
  'compound',
  'max-drawdown',
  'sample-deviation',
] as const

export type TrailOperation = (typeof trailOperations)[number]

export type TrailParameters = Readonly<Record<string, string | number | boolean | null | readonly (string | number | null)[]>>

/**
 * Where a value is from: a fact, or (`trail`) another trail of the same answer, named by `id`, that explains it further. On a node with
 * inputs `instrument`, `account` and `day` tell what it is about.
 */
export interface TrailSource {
  readonly kind: 'transaction' | 'close' | 'rate' | 'setting' | 'instrument' | 'account' | 'day' | 'trail'
  readonly id?: string | undefined
  readonly date?: string | undefined
  readonly detail?: string | undefined
  /** Names for a person, put in by whoever knows them (named-trail.ts): finance knows ids. */
  readonly instrument?: string | undefined
  readonly account?: string | undefined
  readonly transaction?: TransactionKind | undefined
}

/** What a person should know about a figure that is nevertheless shown, or why it is not. */
export interface Warning {
  readonly code: 'stale-close' | 'stale-rate' | 'missing-close' | 'missing-rate' | 'undefined-days' | 'several-rates' | 'below-one-year'
  readonly detail: string
  readonly instrumentId?: string | undefined
  readonly date?: string | undefined
}

/** A figure with the way it came about. */
export interface Explained<T> {
  readonly value: T
  readonly trail: Trail
  readonly warnings: readonly Warning[]
}

/** A leaf: a fact that is not computed here. */
export function given(
  figure: string,
  value: TrailValue,
  rest: { unit?: string | undefined; source?: TrailSource | undefined } = {},
): Trail {
  return { figure, value, op: 'given', inputs: [], ...rest }
}

/** A leaf for what is not known, with its reason. */
export function unknownLeaf(figure: string, reason: string, rest: { unit?: string; source?: TrailSource } = {}): Trail {
  return { figure, value: null, op: 'unknown', inputs: [], parameters: { reason }, ...rest }
}
