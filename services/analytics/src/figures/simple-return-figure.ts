import type { RatioFigure } from '@pe/contracts/scalars.ts'
import type { PeriodStatement } from '@pe/finance/gains/statement.ts'
import { minusKnown, sumKnown } from '@pe/finance/prices/known-sum.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import { shareFigure } from './known-figure.ts'
import type { ReturnsOfPeriod } from './returns-of-period.ts'

/**
 * Profit over what was put to work (opening value plus money paid in), from exact amounts by one division. Unknown where the returns
 * of the period are; `nothing-held` where nothing was put to work.
 */
export function simpleReturnFigure(book: LoadedBook, of: PeriodStatement, { timeWeighted, trouble }: ReturnsOfPeriod): RatioFigure {
  if (timeWeighted.status === 'unknown' && trouble) return { value: null, ...trouble }
  const gained = minusKnown(minusKnown(of.closingValue, of.openingValue), of.flows)
  const invested = sumKnown([of.openingValue, of.inflows])
  if (invested.known && !invested.value.isPositive()) return { value: null, reason: 'nothing-held' }
  return shareFigure(book, gained, invested, 'nothing-held')
}
