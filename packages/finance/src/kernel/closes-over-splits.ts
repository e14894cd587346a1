import type { CorporateAction, Ratio } from '../actions/corporate-action.ts'
import { dayNumber } from '../time/plain-date.ts'
import { closeAt } from './column-closes.ts'
import { type CloseColumn, lastUpTo } from './columns.ts'

/** From the ex-date on `new` units stand where `old` ones stood. */
export interface UnitSplit {
  /** Day number of the ex-date. */
  readonly day: number
  readonly ratio: Ratio
}

/** Digits of a close that is told in new units: 3 for 1 divides without end. */
const places = 18

/** The splits among corporate actions, by instrument and day: a dividend in stock is one, of all units for those that were there. */
export function unitSplits(actions: Iterable<CorporateAction>): ReadonlyMap<string, readonly UnitSplit[]> {
  const byInstrument = new Map<string, UnitSplit[]>()
  for (const { kind, instrumentId, exDate, ratio } of actions) {
    if (!ratio || (kind !== 'split' && kind !== 'stock-dividend')) continue
    const after = kind === 'split' ? ratio.new : ratio.old.plus(ratio.new)
    const splits = byInstrument.get(instrumentId) ?? []
    byInstrument.set(instrumentId, splits)
    splits.push({ day: dayNumber(exDate), ratio: { new: after, old: ratio.old } })
  }
  for (const splits of byInstrument.values()) splits.sort((a, b) => a.day - b.day)
  return byInstrument
}

/**
 * A close that is carried over a split is told in the new units from the ex-date on: close × old / new, as old as it was before. Where the
 * ex-date has a close of its own, that one is of the new units already.
 * @param splits ascending by day
 */
export function carriedOverSplits(column: CloseColumn, splits: readonly UnitSplit[] = []): CloseColumn {
  let carried = column
  for (const split of splits) carried = carriedOver(carried, split)
  return carried
}

function carriedOver(column: CloseColumn, { day, ratio }: UnitSplit): CloseColumn {
  const before = lastUpTo(column.days, day)
  const pricedOn = column.pricedOn?.get(before) ?? column.days[before]
  const close = closeAt(column, before)
  // A close of the day itself stands, unless an earlier split of the day brought it.
  if (pricedOn === undefined || close === undefined || pricedOn === day) return column
  const again = column.days[before] === day
  const at = again ? before : before + 1
  const restated = close.times(ratio.old).dividedBy(ratio.new, { scale: places, rounding: 'half-away-from-zero' })
  const [days, closes] = [inserted(column.days, Int32Array, at, day, again), inserted(column.closes, Float64Array, at, 0, again)]
  closes[at] = Number(restated.toString()) * 10 ** column.scale
  const shifted = <V>(marks: ReadonlyMap<number, V> | undefined): [number, V][] =>
    Array.from(marks ?? [], ([index, mark]) => [index >= at && !again ? index + 1 : index, mark])
  return {
    ...{ unit: column.unit, scale: column.scale, days, closes },
    exact: new Map([...shifted(column.exact), [at, restated.toString()]]),
    pricedOn: new Map([...shifted(column.pricedOn), [at, pricedOn]]),
  }
}

function inserted<A extends Int32Array | Float64Array>(
  array: A,
  make: new (length: number) => A,
  at: number,
  value: number,
  inPlace: boolean,
): A {
  const copy = new make(array.length + (inPlace ? 0 : 1))
  copy.set(array.subarray(0, at))
  copy.set(array.subarray(inPlace ? at + 1 : at), at + 1)
  copy[at] = value
  return copy
}
