/** One line of a chart. `colour` names a token, so that themes change it. */
export interface ChartSeries {
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly colour: '--chart-1' | '--chart-2' | '--text-2' | '--text-3' | '--loss'
  /** area: the book's own line; step: money paid in; dash: what it is compared with. */
  readonly form: 'area' | 'line' | 'step' | 'dash'
  /** As figures for the hover box and the table; null where unknown. */
  readonly words: (at: number) => string | null
}

export interface ChartHandle {
  /** A picture of the chart as a data address. */
  readonly picture: () => string
  readonly pointAt: (at: number | null) => void
}
