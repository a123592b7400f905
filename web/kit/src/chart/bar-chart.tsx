import { AxisBottom, AxisLeft } from '@visx/axis'
import { GridRows } from '@visx/grid'
import { scaleBand, scaleLinear } from '@visx/scale'
import { useId } from 'react'
import type { Plot } from './chart-frame.tsx'
import { fillOf, Patterns, type Series } from './pattern.tsx'

export interface Bar {
  key: string
  /** On the axis; empty leaves the tick out. */
  tick: string
  segments: readonly { series: Series; value: number }[]
  /** The same month of last year, outlined behind. */
  ghost?: number | undefined
  estimated?: boolean
  /** Nothing is known: a gap, not zero. */
  missing?: boolean
  current?: boolean
}

export interface BarChartProps extends Plot {
  bars: readonly Bar[]
  formatValue: (value: number) => string
  height?: number
}

const MARGIN = { top: 8, right: 4, bottom: 26, left: 52 }

/** Stacked bars on a zero line. */
export function BarChart({ bars, width, cursor, setCursor, formatValue, height = 220 }: BarChartProps) {
  const id = useId().replaceAll(/\W/g, '')
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom }
  const totals = bars.map(totalOf)
  const x = scaleBand({
    domain: bars.map((bar) => bar.key),
    range: [0, inner.width],
    padding: bars.length > 40 ? 0.1 : 0.28,
  })
  const y = scaleLinear({
    domain: [Math.min(0, ...totals), Math.max(1e-9, ...totals, ...bars.map((bar) => bar.ghost ?? 0))],
    range: [inner.height, 0],
    nice: 4,
  })
  return (
    <svg width={width} height={height} aria-hidden="true">
      <Patterns id={id} />
      <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
        <GridRows scale={y} width={inner.width} numTicks={4} stroke="var(--line)" />
        {bars.map((bar, index) => (
          <BarMark
            key={bar.key}
            id={id}
            bar={bar}
            x={x(bar.key) ?? 0}
            width={x.bandwidth()}
            y={y}
            pointed={cursor === index}
            dimmed={cursor !== undefined && cursor !== index}
          />
        ))}
        <Axes bars={bars} x={x} y={y} height={inner.height} formatValue={formatValue} />
        {bars.map((bar, index) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the frame has the same cursor for the keyboard
          <rect
            key={bar.key}
            x={(x(bar.key) ?? 0) - (x.step() - x.bandwidth()) / 2}
            width={x.step()}
            height={inner.height}
            fill="transparent"
            onMouseEnter={() => setCursor(index)}
            onTouchStart={() => setCursor(index)}
          />
        ))}
      </g>
    </svg>
  )
}

function totalOf(bar: Bar): number {
  return bar.segments.reduce((sum, segment) => sum + segment.value, 0)
}

interface BarMarkProps {
  id: string
  bar: Bar
  x: number
  width: number
  y: (value: number) => number
  pointed: boolean
  dimmed: boolean
}

function BarMark({ id, bar, x, width, y, pointed, dimmed }: BarMarkProps) {
  let base = 0
  const total = totalOf(bar)
  const [top, bottom] = [Math.min(y(total), y(0)), Math.max(y(total), y(0))]
  return (
    <g opacity={dimmed ? 0.55 : 1}>
      {bar.ghost !== undefined && (
        <rect
          x={x - 3}
          y={y(bar.ghost)}
          width={width + 6}
          height={Math.max(y(0) - y(bar.ghost), 0)}
          rx={3}
          fill="none"
          stroke="var(--series-ghost)"
          strokeDasharray="3 2"
        />
      )}
      {bar.missing && (
        <line
          x1={x}
          x2={x + width}
          y1={y(0)}
          y2={y(0)}
          stroke="var(--series-ghost)"
          strokeWidth="3"
          strokeDasharray="2 2"
        />
      )}
      {bar.segments.map((segment) => {
        const [from, to] = [base, base + segment.value]
        base = to
        const edge = Math.min(y(from), y(to))
        return (
          <rect
            key={segment.series}
            x={x}
            y={edge}
            width={width}
            height={Math.max(Math.abs(y(from) - y(to)), segment.value ? 0.5 : 0)}
            rx={Math.min(2, width / 4)}
            fill={fillOf(id, segment.series)}
          />
        )
      })}
      {bar.estimated && (
        <rect x={x} y={top} width={width} height={bottom - top} fill={`url(#${id}-estimated)`} />
      )}
      {(pointed || bar.current) && (
        <rect
          x={x - 1}
          y={top - 1}
          width={width + 2}
          height={bottom - top + 2}
          rx={3}
          fill="none"
          stroke="var(--ink)"
          strokeWidth={pointed ? 2 : 1.25}
        />
      )}
    </g>
  )
}

interface AxesProps {
  bars: readonly Bar[]
  x: ReturnType<typeof scaleBand<string>>
  y: ReturnType<typeof scaleLinear<number>>
  height: number
  formatValue: (value: number) => string
}

const LABEL = { fill: 'var(--ink-muted)', fontSize: 11, fontFamily: 'inherit' }

function Axes({ bars, x, y, height, formatValue }: AxesProps) {
  const ticks = new Map(bars.map((bar) => [bar.key, bar.tick]))
  const shown = thinned(bars, x.step())
  return (
    <>
      <AxisLeft
        scale={y}
        numTicks={4}
        hideAxisLine
        hideTicks
        tickFormat={(value) => formatValue(Number(value))}
        tickLabelProps={() => ({ ...LABEL, textAnchor: 'end', dx: -6, dy: 4 })}
      />
      <AxisBottom
        scale={x}
        top={height}
        hideTicks
        stroke="var(--line-strong)"
        tickValues={shown}
        tickFormat={(key) => ticks.get(key) ?? ''}
        tickLabelProps={() => ({ ...LABEL, textAnchor: 'middle', dy: 4 })}
      />
    </>
  )
}

/** As many labels as fit without touching. */
function thinned(bars: readonly Bar[], step: number): string[] {
  const named = bars.filter((bar) => bar.tick)
  const longest = Math.max(1, ...named.map((bar) => bar.tick.length))
  const every = Math.ceil((longest * 6.2 + 10) / (step * (bars.length / Math.max(named.length, 1))))
  return named.filter((_, index) => index % every === 0).map((bar) => bar.key)
}
