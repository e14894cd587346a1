import { Decimal } from '../money/decimal.ts'
import type { Price } from '../money/price.ts'
import { CloseSeries } from '../prices/close-series.ts'
import type { BeforeFirst } from '../prices/dated-series.ts'
import type { Known } from '../prices/known.ts'
import { dateOfDay, dayNumber, type PlainDate } from '../time/plain-date.ts'
import { type CloseColumn, lastUpTo } from './columns.ts'

/**
 * Closes for the decimal path, read from a kernel's column: the one point that an answer needs is looked up and handed to the series'
 * own rules, so that ten years of closes are not turned into text for the sake of two days.
 */
export class ColumnCloses extends CloseSeries {
  readonly #column: CloseColumn

  constructor(instrumentId: string, column: CloseColumn) {
    super(instrumentId, column.unit, [])
    this.#column = column
  }

  override on(date: PlainDate, beforeFirst: BeforeFirst = 'unknown'): Known<Price> {
    const index = Math.max(0, lastUpTo(this.#column.days, dayNumber(date)))
    const value = closeAt(this.#column, index)
    const points = value === undefined ? [] : [{ date: dateOfDay(pricedOn(this.#column, index)), value }]
    return new CloseSeries(this.instrumentId, this.#column.unit, points).on(date, beforeFirst)
  }
}

/** The close at an index, exact; undefined outside the column. */
export function closeAt(column: CloseColumn, index: number): Decimal | undefined {
  const close = column.closes[index]
  if (close === undefined) return undefined
  const text = column.exact?.get(index)
  return text === undefined ? Decimal.fromScaled(close, column.scale) : Decimal.parse(text)
}

/** The day on which somebody paid the close at an index. */
export function pricedOn(column: CloseColumn, index: number): number {
  return column.pricedOn?.get(index) ?? (column.days[index] as number)
}
