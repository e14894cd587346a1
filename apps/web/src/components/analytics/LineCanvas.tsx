import { LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react'
import { useStoreState } from '../../store/store.ts'
import type { ChartHandle, ChartSeries } from './chart-series.ts'

use([LineChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer, LabelLayout])

export interface LineCanvasProps {
  readonly days: readonly string[]
  readonly series: readonly ChartSeries[]
  /** Index of a day to its label. */
  readonly labels: ReadonlyMap<number, string>
  readonly axis: (value: number) => string
  readonly log: boolean
  /** A heavier line at zero, for returns. */
  readonly zero: boolean
  readonly height: number
  /** Names at the end of the lines, where there is room. */
  readonly endNames: boolean
  readonly handle: RefObject<ChartHandle | null>
  readonly onPoint: (at: number | null) => void
}

/** Lines on a canvas: ECharts with our tokens, rebuilt when the theme changes. */
export default function LineCanvas(props: LineCanvasProps) {
  const { handle, height, onPoint } = props
  const theme = useStoreState((state) => `${state.preferences.theme} ${state.preferences.signs}`)
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const point = useRef(onPoint)
  point.current = onPoint
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens are read anew with each theme
  useEffect(() => {
    if (!box.current) return
    const drawn = init(box.current, null, { renderer: 'canvas' })
    chart.current = drawn
    drawn.on('updateAxisPointer', (event) => {
      const at = (event as { axesInfo?: { value: number }[] }).axesInfo?.[0]?.value
      point.current(at ?? null)
    })
    drawn.getZr().on('globalout', () => point.current(null))
    const sized = new ResizeObserver(() => drawn.resize())
    sized.observe(box.current)
    return () => {
      sized.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [theme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme brings a new chart
  useEffect(() => {
    chart.current?.setOption(optionsOf(props, readTokens()), { notMerge: true })
  }, [theme, props.days, props.series, props.labels, props.log, props.endNames, props.axis])
  useImperativeHandle(handle, () => ({
    picture: () => chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: readTokens()('--bg') }) ?? '',
    pointAt: (at) => {
      if (at === null) chart.current?.dispatchAction({ type: 'hideTip' })
      else chart.current?.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: at })
      point.current(at)
    },
  }))
  return <div ref={box} style={{ height }} aria-hidden="true" />
}

type Tokens = (name: string) => string

function readTokens(): Tokens {
  const styles = getComputedStyle(document.documentElement)
  return (name) => styles.getPropertyValue(name).trim()
}

function optionsOf({ days, series, labels, axis, log, zero, endNames }: LineCanvasProps, token: Tokens) {
  const words = { color: token('--text-3'), fontFamily: token('--font'), fontSize: 12 }
  return {
    animation: false,
    grid: { left: 44, right: endNames ? 148 : 2, top: 10, bottom: 26 },
    tooltip: {
      trigger: 'axis',
      showContent: false,
      axisPointer: { type: 'line', lineStyle: { color: token('--text-3'), width: 1, type: [2, 3] } },
    },
    xAxis: {
      type: 'category',
      data: days,
      boundaryGap: false,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        ...words,
        margin: 12,
        interval: (at: number) => labels.has(at),
        formatter: (_: string, at: number) => labels.get(at) ?? '',
      },
    },
    yAxis: {
      type: log ? 'log' : 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: { ...words, align: 'left', margin: 44, formatter: axis, showMinLabel: false },
      splitLine: { lineStyle: { color: token('--line-1'), width: 1 } },
    },
    series: series.map((line, at) => seriesOf(line, token, zero && at === 0, endNames)),
  }
}

function seriesOf(line: ChartSeries, token: Tokens, zero: boolean, endNames: boolean) {
  const colour = token(line.colour)
  const own = line.form === 'area' || line.form === 'line'
  return {
    name: line.name,
    type: 'line',
    data: line.values.map((value) => value ?? '-'),
    step: line.form === 'step' ? 'end' : false,
    sampling: line.form === 'step' ? undefined : 'lttb',
    symbol: 'circle',
    showSymbol: false,
    symbolSize: 7,
    z: own ? 4 : 3,
    lineStyle: { color: colour, width: own ? 1.75 : 1.25, type: line.form === 'dash' ? [5, 4] : 'solid', join: 'round' },
    itemStyle: { color: token('--bg'), borderColor: colour, borderWidth: 1.75 },
    emphasis: { scale: false, lineStyle: { width: own ? 1.75 : 1.25 }, itemStyle: { color: token('--bg'), borderColor: colour } },
    ...(line.form === 'area' ? { areaStyle: { color: colour, opacity: areaOpacity(token), origin: 'auto' } } : {}),
    ...(zero ? { markLine: zeroLine(token) } : {}),
    endLabel: {
      // A line that breaks off before the last day would have its name in the middle of the plot.
      show: endNames && line.values.at(-1) != null,
      formatter: line.name,
      color: own ? colour : token('--text-2'),
      fontFamily: token('--font'),
      fontSize: 12,
      lineHeight: 18,
      fontWeight: 520,
      distance: 8,
    },
    labelLayout: { moveOverlap: 'shiftY' },
  }
}

function zeroLine(token: Tokens) {
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: token('--line-3'), width: 1, type: 'solid' },
    data: [{ yAxis: 0 }],
    z: 2,
  }
}

/** `--chart-area` is a mix in CSS; a canvas wants its share. */
function areaOpacity(token: Tokens): number {
  return Number(/(\d+)%/.exec(token('--chart-area'))?.[1] ?? 9) / 100
}
