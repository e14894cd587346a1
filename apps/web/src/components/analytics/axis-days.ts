import { addMonths, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { FigureFormat } from '../../hooks/figure-format.ts'

/** At most this many labels along, fewer where there is little room. */
const most = 12

/** Which days of a series carry a label: starts of months, quarters or years, whichever is finest and still fits. */
export function axisDays(days: readonly string[], format: FigureFormat, fits = most): ReadonlyMap<number, string> {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return new Map()
  if (days.length <= 45) return spread(days, (day) => format.dayShort(day), Math.min(fits, 8))
  for (const months of [1, 2, 3, 6, 12, 24, 60]) {
    const starts = startsOf(first as PlainDate, last as PlainDate, months)
    if (starts.length > fits) continue
    const word = (day: string): string => {
      const january = day.slice(5, 7) === '01'
      return months >= 12 || (january && days.length > 400) ? day.slice(0, 4) : format.month(Number(day.slice(5, 7)))
    }
    const labels = new Map<number, string>()
    // a drawing may begin in the middle of a month: where there is room before the next label, its own month is told too
    const [next] = starts
    const begun = !next || days.findIndex((day) => day >= next) * 2 >= days.length / (starts.length + 1)
    if (begun && first !== next && starts.length < fits) labels.set(0, word(first))
    for (const start of starts) {
      const at = days.findIndex((day) => day >= start)
      if (at >= 0) labels.set(at, word(start))
    }
    return labels
  }
  return spread(days, (day) => day.slice(0, 4), fits)
}

function startsOf(first: PlainDate, last: PlainDate, months: number): PlainDate[] {
  const starts: PlainDate[] = []
  let at = `${first.slice(0, 7)}-01` as PlainDate
  while (at < first || (Number(at.slice(5, 7)) - 1) % Math.min(months, 12) !== 0) at = addMonths(at, 1)
  for (; at <= last; at = addMonths(at, months)) starts.push(at)
  return starts
}

function spread(days: readonly string[], words: (day: string) => string, count: number): Map<number, string> {
  const step = Math.max(1, Math.ceil(days.length / count))
  return new Map(days.flatMap((day, at) => (at % step === 0 ? [[at, words(day)] as const] : [])))
}
