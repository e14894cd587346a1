import { type KeyboardEvent, lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../hooks/useFormat.ts'
import { usePhone } from '../../hooks/usePhone.ts'
import { Icon } from '../common/Icon.tsx'
import { Choice, Picker } from '../common/Picker.tsx'
import { csv, saveFile, savePicture } from '../common/save-file.ts'
import { axisDays } from './axis-days.ts'
import { ChartTable } from './ChartTable.tsx'
import type { ChartHandle, ChartSeries } from './chart-series.ts'

const LineCanvas = lazy(() => import('./LineCanvas.tsx'))

interface SeriesChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string
  readonly fileName: string
  readonly days: readonly string[]
  readonly series: readonly ChartSeries[]
  readonly axis: (value: number) => string
  readonly height?: number
  readonly zero?: boolean
  readonly log?: boolean
  /** More rows for the box of a day. */
  readonly more?: (at: number) => ReactNode
}

/** A chart with its tools: the same data as a table, log scale, save; a box for the day under the pointer or the keyboard. */
export function SeriesChart({
  label,
  fileName,
  days,
  series,
  axis,
  height = 340,
  zero = false,
  log: canLog = true,
  more,
}: SeriesChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const phone = usePhone()
  const handle = useRef<ChartHandle>(null)
  const [at, setAt] = useState<number | null>(null)
  const [asTable, setAsTable] = useState(false)
  const [log, setLog] = useState(false)
  const labels = useMemo(() => axisDays(days, format, phone ? 4 : 12), [days, format, phone])
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -30, PageDown: 30 }[event.key]
    if (step) handle.current?.pointAt(Math.max(0, Math.min(days.length - 1, (at ?? (step > 0 ? -1 : days.length)) + step)))
    else if (event.key === 'Escape') handle.current?.pointAt(null)
    else return
    event.preventDefault()
  }
  const table = () =>
    csv([
      [t('home.chart.day'), ...series.map(({ name }) => name)],
      ...days.map((day, index) => [day, ...series.map(({ values }) => values[index] ?? '')]),
    ])
  const shown = at !== null && at < days.length ? at : null
  return (
    <figure className="chart-wrap" style={{ marginTop: 28 }}>
      <div className="chart-head">
        <div className="legend">
          {series.map((line) => (
            <span key={line.name}>
              <svg viewBox="0 0 18 8" aria-hidden="true">
                <path
                  d="M0 4h18"
                  stroke={`var(${line.colour})`}
                  strokeWidth="2"
                  {...(line.form === 'dash' ? { strokeDasharray: '4 3' } : {})}
                />
              </svg>
              {line.name}
            </span>
          ))}
        </div>
        <span className="chart-tools no-phone">
          <button
            type="button"
            className={asTable ? 'icon on' : 'icon'}
            aria-pressed={asTable}
            aria-label={t('table.chart.asTable')}
            title={t(asTable ? 'table.chart.asChart' : 'table.chart.asTable')}
            onClick={() => setAsTable(!asTable)}
          >
            <Icon name="table" />
          </button>
          {canLog ? (
            <button
              type="button"
              className={log ? 'icon on' : 'icon'}
              aria-pressed={log}
              aria-label={t('table.chart.log')}
              title={t('table.chart.log')}
              onClick={() => setLog(!log)}
            >
              <Icon name="log" />
            </button>
          ) : null}
          <Picker label={t('table.chart.save')} value={<Icon name="save" />} className="icon" width={220} iconless>
            {(close) => (
              <ul>
                {asTable ? null : (
                  <Choice
                    onChoose={() => {
                      savePicture(`${fileName}.png`, handle.current?.picture() ?? '')
                      close()
                    }}
                  >
                    {t('table.chart.png')}
                  </Choice>
                )}
                <Choice
                  onChoose={() => {
                    saveFile(`${fileName}.csv`, table(), 'text/csv')
                    close()
                  }}
                >
                  {t('table.chart.csv')}
                </Choice>
              </ul>
            )}
          </Picker>
        </span>
      </div>
      {asTable ? (
        <ChartTable label={label} days={days} series={series} />
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a group of one picture and its box
        <div
          className="plot"
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the day
          tabIndex={0}
          aria-label={`${label}. ${t('table.chart.cursor')}`}
          onKeyDown={keys}
          onBlur={() => handle.current?.pointAt(null)}
          style={{ minHeight: phone ? 200 : height }}
        >
          <Suspense>
            <LineCanvas
              days={days}
              series={series}
              labels={labels}
              axis={axis}
              log={log}
              zero={zero}
              height={phone ? 200 : height}
              endNames={!phone}
              handle={handle}
              onPoint={setAt}
            />
          </Suspense>
          {shown !== null ? <DayBox day={days[shown] ?? ''} at={shown} of={days.length} series={series} more={more} /> : null}
        </div>
      )}
      <span className="sr" aria-live="polite">
        {shown !== null
          ? `${format.dayLong(days[shown] ?? '')}: ${series.map((line) => `${line.name} ${line.words(shown) ?? t('figures.unknown')}`).join(', ')}`
          : ''}
      </span>
    </figure>
  )
}

interface DayBoxProps {
  readonly day: string
  readonly at: number
  /** How many days there are. */
  readonly of: number
  readonly series: readonly ChartSeries[]
  readonly more: SeriesChartProps['more']
}

/** Beside the pointer, on the side with more room, and off the line: low where the line is high. */
function DayBox({ day, at, of, series, more }: DayBoxProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = at / Math.max(1, of - 1)
  const pointer = `(44px + (100% - 192px) * ${share})`
  const style = {
    ...(share > 0.5 ? { right: `calc(100% - ${pointer} + 14px)` } : { left: `calc(${pointer} + 14px)` }),
    ...(isHigh(series, at) ? { bottom: 40 } : { top: 0 }),
  }
  return (
    <div className="tip float" style={style}>
      <b>{format.dayLong(day)}</b>
      <dl>
        {series.map((line) => (
          <div key={line.name} className="pair">
            <dt>{line.name}</dt>
            <dd>{line.words(at) ?? t('figures.unknown')}</dd>
          </div>
        ))}
        {more?.(at)}
      </dl>
    </div>
  )
}

/** True where the first line stands in the upper half of the chart. */
function isHigh(series: readonly ChartSeries[], at: number): boolean {
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null))
  const value = series[0]?.values[at]
  if (value == null || all.length === 0) return false
  const [least, most] = all.reduce(
    ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
  return value - least > (most - least) / 2
}
