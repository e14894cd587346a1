import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'

export type Mover = Schema<'Mover'>
export type MoneyFigure = Schema<'MoneyFigure'>

const shown = 7

/**
 * The instruments that have a row: the largest gains first, then the largest losses, as many as fit, at least two places for losses where
 * there are any; unknown ones come last and keep up to two places. The others are summed up in a row; what earned nothing has none.
 */
export function moverRows(movers: readonly Mover[]): { rows: Mover[]; others: Mover[] } {
  const unknown = movers.filter(({ profit }) => profit.amount === null)
  const known = movers
    .filter(({ profit }) => !isZero(profit) && profit.amount !== null)
    .sort((a, b) => amountOf(b.profit) - amountOf(a.profit))
  const forUnknown = Math.max(Math.min(unknown.length, 2), Math.min(unknown.length, shown - known.length))
  const rows = [...extremes(known, shown - forUnknown), ...unknown.slice(0, forUnknown)]
  return { rows, others: [...known, ...unknown].filter((mover) => !rows.includes(mover)) }
}

function extremes(ordered: readonly Mover[], places: number): Mover[] {
  if (ordered.length <= places) return [...ordered]
  const losses = Math.min(ordered.filter(({ profit }) => amountOf(profit) < 0).length, 2)
  return [...ordered.slice(0, places - losses), ...ordered.slice(ordered.length - losses)]
}

/** Exact; unknown for the reason of the first unknown one. */
export function sumOf(movers: readonly Mover[], currency: string): MoneyFigure {
  const unknown = movers.find(({ profit }) => profit.amount === null)
  if (unknown) return unknown.profit
  return { amount: Decimal.sum(movers.map(({ profit }) => Decimal.parse(profit.amount ?? '0'))).toString(), currency }
}

export function isZero({ amount }: MoneyFigure): boolean {
  return amount !== null && Decimal.parse(amount).isZero()
}

export interface BarScale {
  /** Where zero is, in per cent of the width. */
  readonly zero: number
  /** Length of a bar in per cent of the width, negative to the left. */
  readonly share: (figure: MoneyFigure) => number
}

/** One scale and one zero line for all bars. */
export function barScale(figures: readonly MoneyFigure[]): BarScale {
  const amounts = figures.map(amountOf)
  const most = Math.max(0, ...amounts)
  const least = Math.min(0, ...amounts)
  const width = most - least || 1
  return { zero: (-least / width) * 100, share: (figure) => (amountOf(figure) / width) * 100 }
}

/** For lengths and order only; what is shown is written from the exact text. */
function amountOf({ amount }: MoneyFigure): number {
  return Number(amount ?? 0)
}
