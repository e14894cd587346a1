export interface Column {
  readonly title: string
  /** Figures stand right. */
  readonly right?: boolean
}

/** Rows under their titles, aligned. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, place) => Math.max(title.length, ...rows.map((row) => [...(row[place] ?? '')].length)))
  const line = (cells: readonly string[]) =>
    columns
      .map(({ right }, place) => {
        const cell = cells[place] ?? ''
        const gap = ' '.repeat(Math.max(0, (widths[place] ?? 0) - [...cell].length))
        return right ? gap + cell : cell + gap
      })
      .join('  ')
      .trimEnd()
  return [line(columns.map(({ title }) => title)), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}
