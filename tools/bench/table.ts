import type { Measured } from './measured.ts'

/** The figures as a table for a terminal. */
export function printed(figures: readonly Measured[]): string {
  const rows = figures.map(({ name, value, unit, target, holds, atLeast, n, spread }) => [
    name,
    `${value} ${unit}`.trim(),
    target === null ? '' : `${atLeast ? '≥' : '≤'} ${target} ${unit}`.trim(),
    holds === null ? '' : holds ? 'holds' : 'MISSED',
    `n ${n}, ${spread[0]} to ${spread[1]}`,
  ])
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
