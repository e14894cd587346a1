import type { RowText } from './acts.ts'

/** Columns that do not stand as the chain says. JSON counts as equal whatever the order of its keys. */
export function differences(expected: RowText, found: RowText): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)])
  return [...names].filter((name) => expected[name] !== found[name] && !sameJson(expected[name], found[name])).sort()
}

function sameJson(one: string | undefined, other: string | undefined): boolean {
  if (!one || !other || !/^[[{]/.test(one)) return false
  try {
    return sorted(JSON.parse(one)) === sorted(JSON.parse(other))
  } catch {
    return false
  }
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
