import type { Call } from '@pe/contracts/actor.ts'
import type { PackedSeries } from '@pe/contracts/market.ts'
import { because } from './importers/because.ts'
import type { CloseColumn } from './importers/close-column.ts'
import type { ImportedFile, SeriesRows } from './importers/imported-file.ts'
import type { IntegrationOptions } from './integration-deps.ts'

/** How many closes and rates are new or different from what market has; rows that say nothing new become duplicates. */
export async function compareSeries(
  { market }: Pick<IntegrationOptions, 'market'>,
  file: ImportedFile,
  instrumentIds: ReadonlyMap<string, string | null>,
  call: Call,
): Promise<{ closes: number; rates: number }> {
  const known = file.closes.map(({ key }) => instrumentIds.get(key)).filter((id) => typeof id === 'string')
  const packed = known.length > 0 ? (await market.packedCloses({ body: { instrumentIds: [...new Set(known)] } }, call)).series : []
  const closesOf = new Map(packed.map(({ instrumentId, closes }) => [instrumentId, closes]))
  let [closes, rates] = [0, 0]
  for (const one of file.closes) {
    const standing = closesOf.get(instrumentIds.get(one.key) ?? '')
    closes += newEntries(one.closes, one, file, standing ? isIn(standing) : null)
  }
  const currencies = [...new Set(file.rates.flatMap(({ base, quote }) => [base, quote]))]
  const pairs = currencies.length > 0 ? (await market.packedRates({ body: { currencies } }, call)).series : []
  for (const one of file.rates) {
    const standing = pairs.find(({ base, quote }) => base === one.base && quote === one.quote)
    const byDay = standing && new Map(standing.days.map((day, at) => [day, standing.rates[at]]))
    rates += newEntries(one.rates, one, file, byDay ? (day, value) => byDay.get(day) === value : null)
  }
  return { closes, rates }
}

type IsKnown = (day: number, value: string) => boolean

function newEntries(column: CloseColumn, { row, rows }: SeriesRows, file: ImportedFile, isKnown: IsKnown | null): number {
  let fresh = 0
  for (const at of column.inOrder()) {
    const entryRow = rows?.[at]
    if (!isKnown?.(column.dayAt(at), column.valueAt(at))) fresh += 1
    else if (entryRow !== undefined) file.rows.markDuplicate(entryRow, 'known')
  }
  if (fresh === 0 && row !== undefined && column.length > 0) file.rows.change(row, { state: 'duplicate', ...because('all-known') })
  return fresh
}

/** Looks into a packed series: integers of 10^-8 in float64, with what does not fit as text. */
function isIn({ days, values, exact }: PackedSeries): IsKnown {
  const [dayBytes, valueBytes] = [Buffer.from(days, 'base64'), Buffer.from(values, 'base64')]
  const byDay = new Map<number, number>()
  for (let at = 0; at * 4 < dayBytes.length; at++) byDay.set(dayBytes.readInt32BE(at * 4), valueBytes.readDoubleBE(at * 8))
  const texts = new Map(exact)
  return (day, value) => {
    const text = texts.get(day)
    if (text !== undefined) return text === value
    const places = value.split('.')[1]?.length ?? 0
    return places <= 8 && byDay.get(day) === Math.round(Number(value) * 1e8)
  }
}
