import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { usePreferences } from '../theme/preferences.ts'
import type { Plot } from './chart-frame.tsx'
import styles from './line-chart.module.css'

export interface LineChartProps extends Plot {
  /** Epoch seconds, ascending. */
  startSeconds: readonly number[]
  /** `null`: a gap. */
  values: readonly (number | null)[]
  estimated: readonly boolean[]
  timeZone: string
  unit: string
  height?: number
}

/** A long series. A second, dashed line over the first marks what is estimated. */
export function LineChart(props: LineChartProps) {
  const { width, cursor, height = 260 } = props
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const latest = useRef(props)
  latest.current = props
  const { theme } = usePreferences()
  const { startSeconds, values, estimated } = props
  useEffect(() => {
    if (!host.current) return
    const guesses = values.map((value, index) => (estimated[index] ? value : null))
    const data: uPlot.AlignedData = [[...startSeconds], [...values], guesses]
    const made = new uPlot(optionsOf(host.current, latest), data, host.current)
    plot.current = made
    return () => made.destroy()
  }, [startSeconds, values, estimated, theme])
  useEffect(() => plot.current?.setSize({ width, height }), [width, height])
  useEffect(() => {
    const made = plot.current
    const at = cursor === undefined ? undefined : startSeconds[cursor]
    if (made && at !== undefined)
      made.setCursor({ left: made.valToPos(at, 'x'), top: made.cursor.top ?? 0 }, false)
  }, [cursor, startSeconds])
  return <div ref={host} className={styles.host} aria-hidden="true" />
}

function optionsOf(host: HTMLElement, latest: React.RefObject<LineChartProps>): uPlot.Options {
  const style = getComputedStyle(host)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const { width, height = 260, timeZone } = latest.current
  const axis = { stroke: colour('--ink-muted'), font: `11px ${style.fontFamily}`, ticks: { show: false } }
  return {
    width,
    height,
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone),
    cursor: { y: false, drag: { x: true, y: false } },
    axes: [
      { ...axis, grid: { show: false } },
      { ...axis, size: 52, grid: { stroke: colour('--line'), width: 1 } },
    ],
    series: [
      {},
      { stroke: colour('--series'), width: 1.25, fill: colour('--series-faint'), points: { show: false } },
      { stroke: colour('--tou-1'), width: 1.5, dash: [4, 3], points: { show: false } },
    ],
    hooks: {
      setCursor: [
        (plot) => {
          const index = plot.cursor.idx
          if (plot.cursor.event && index !== latest.current.cursor)
            latest.current.setCursor(index ?? undefined)
        },
      ],
    },
  }
}
