import { type CloseColumn, lastUpTo } from '@pe/finance/kernel/columns.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Price } from '@pe/finance/money/price.ts'
import { CloseSeries } from '@pe/finance/prices/close-series.ts'
import type { BeforeFirst, DatedValue } from '@pe/finance/prices/dated-series.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import { dateOfDay, dayNumber, type PlainDate } from '@pe/finance/time/plain-date.ts'

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
    const point = pointOf(this.#column, Math.max(0, lastUpTo(this.#column.days, dayNumber(date))))
    return new CloseSeries(this.instrumentId, this.#column.unit, point ? [point] : []).on(date, beforeFirst)
  }
}

/** The close at an index, exact; undefined outside the column. */
export function pointOf(column: CloseColumn, index: number): DatedValue | undefined {
  const day = column.days[index]
  if (day === undefined) return undefined
  const text = column.exact?.get(index)
  return { date: dateOfDay(day), value: text ?? Decimal.fromScaled(column.closes[index] as number, column.scale) }
}
