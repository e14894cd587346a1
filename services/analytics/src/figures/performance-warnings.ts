import type { LoadedBook } from '../books/loaded-book.ts'
import { gapsWithin, gapWarning } from './gap-words.ts'
import type { PeriodSeries, ReturnsOfPeriod } from './returns-of-period.ts'
import { carriedTooLong, type FigureWarning } from './stale-warnings.ts'

/** What a person should know about the figures of a period, in sentences. */
export function performanceWarnings(
  book: LoadedBook,
  of: PeriodSeries,
  held: readonly string[],
  returns: ReturnsOfPeriod,
): FigureWarning[] {
  const { series, period, nameOf } = of
  const { from, to } = period.series
  const warnings = gapsWithin(series.gaps, from, to).map((gap) => gapWarning(gap, nameOf))
  warnings.push(...carriedTooLong(book, held, series.currency, to).filter(({ code }) => code.startsWith('stale')))
  const { undefinedDays } = returns.timeWeighted
  if (undefinedDays > 0)
    warnings.push({
      code: 'undefined-days',
      facts: { count: String(undefinedDays) },
      detail: `${undefinedDays} days began with nothing and yet gained or lost; they count as 0 %.`,
    })
  const { roots } = returns.figures.xirr
  if (roots.length > 1)
    warnings.push({
      code: 'several-rates',
      facts: { count: String(roots.length) },
      detail: `${roots.length} rates solve the equation of the XIRR; the one nearest to 0 is shown.`,
    })
  return warnings
}
