import pg from 'pg'

/** Object ids of PostgreSQL's built-in types (pg_type.dat). */
const oid = { int8: 20, date: 1082, numeric: 1700, int8Array: 1016, dateArray: 1182, numericArray: 1231 } as const

const text = (value: string): string => value

/** Days and decimals stay text, as they are; a bigint is a number while that is exact, and an error afterwards. */
const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  [oid.date]: text,
  [oid.numeric]: text,
  [oid.int8]: exactNumber,
  [oid.dateArray]: (value) => parseArray(value, text),
  [oid.numericArray]: (value) => parseArray(value, text),
  [oid.int8Array]: (value) => parseArray(value, exactNumber),
}

export const columnValues: pg.CustomTypesConfig = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    const parser = format === 'binary' ? undefined : parsers[type]
    return parser ?? pg.types.getTypeParser(type, format)
  },
}

export function exactNumber(value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`bigint ${value} is too large for a number; cast it to text`)
  return number
}

/** Elements of these types never hold quotes, commas or braces. */
function parseArray<T>(value: string, element: (text: string) => T): (T | null)[] {
  const inner = value.replace(/^\[.*?\]=/, '').slice(1, -1)
  return inner === '' ? [] : inner.split(',').map((item) => (item === 'NULL' ? null : element(item)))
}
