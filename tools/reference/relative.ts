import { failed, passed, type Verdict } from './verdict.ts'

/** How two numbers of an own-shape file are held against each other. */
export type Closeness = (actual: number, expected: number) => boolean

/** |actual − expected| ≤ tolerance × |expected|, or both tiny. */
export function relative(tolerance: number): Closeness {
  return (actual, expected) => Math.abs(actual - expected) <= tolerance * Math.max(Math.abs(expected), 1e-3)
}

/** Compares every key of `expected` (numbers by `close`, the rest by equality); what it does not name is not compared. */
export function compareKeys(actual: unknown, expected: unknown, close: Closeness, path = ''): Verdict {
  if (typeof expected === 'number') {
    return typeof actual === 'number' && close(actual, expected) ? passed : failed(`${path}: expected ${expected}, is ${String(actual)}`)
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return failed(`${path}: expected ${expected.length} entries`)
    return firstFailure(expected.map((entry, i) => compareKeys(actual[i], entry, close, `${path}[${i}]`)))
  }
  if (expected !== null && typeof expected === 'object') {
    const fields = (actual ?? {}) as Record<string, unknown>
    return firstFailure(
      Object.entries(expected).map(([key, entry]) => compareKeys(fields[key], entry, close, path ? `${path}.${key}` : key)),
    )
  }
  return actual === expected ? passed : failed(`${path}: expected ${String(expected)}, is ${String(actual)}`)
}

function firstFailure(verdicts: readonly Verdict[]): Verdict {
  return verdicts.find(({ kind }) => kind === 'failed') ?? passed
}
