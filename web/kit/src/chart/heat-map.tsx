import { useEffect, useRef } from 'react'
import { usePreferences } from '../theme/preferences.ts'
import type { Plot } from './chart-frame.tsx'

export interface HeatCell {
  /** Column: the day, counted from 0. */
  column: number
  /** Row: the hour of the day. */
  row: number
  value: number | null
  estimated: boolean
}

export interface HeatMapProps extends Plot {
  cells: readonly HeatCell[]
  columns: number
  rows: number
  /** Where a label stands, by column. */
  ticks: readonly { column: number; label: string }[]
  rowLabels: readonly { row: number; label: string }[]
  height?: number
}

const LEFT = 52
const BOTTOM = 22

/** One hue from faint to strong; nothing known is left as background, an estimate has a dark edge. */
export function HeatMap(props: HeatMapProps) {
  const { width, cells, columns, rows, cursor, setCursor, height = 230 } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const { theme } = usePreferences()
  useEffect(() => {
    if (canvas.current) draw(canvas.current, props)
  }, [width, cells, cursor, theme])
  const point = (event: React.MouseEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const column = Math.floor(((event.clientX - box.left - LEFT) / (width - LEFT)) * columns)
    const row = Math.floor(((event.clientY - box.top) / (height - BOTTOM)) * rows)
    const found = cells.findIndex((cell) => cell.column === column && cell.row === row)
    setCursor(found < 0 ? undefined : found)
  }
  return (
    <div aria-hidden="true">
      <canvas ref={canvas} style={{ width, height, display: 'block' }} onMouseMove={point} />
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, props: HeatMapProps): void {
  const { width, height = 230, cells, columns, rows, cursor } = props
  const density = devicePixelRatio || 1
  canvas.width = width * density
  canvas.height = height * density
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(density, density)
  const style = getComputedStyle(canvas)
  const ink = style.getPropertyValue('--ink').trim()
  const size = { x: (width - LEFT) / columns, y: (height - BOTTOM) / rows }
  const place = (cell: HeatCell) => {
    const [x, y] = [Math.round(LEFT + cell.column * size.x), Math.round(cell.row * size.y)]
    const [right, bottom] = [
      Math.round(LEFT + (cell.column + 1) * size.x),
      Math.round((cell.row + 1) * size.y),
    ]
    return [x, y, right - x, bottom - y] as const
  }
  const highest = Math.max(1e-9, ...cells.map((cell) => cell.value ?? 0))
  pen.fillStyle = style.getPropertyValue('--series').trim()
  for (const cell of cells) {
    if (cell.value === null) continue
    pen.globalAlpha = 0.06 + (0.94 * Math.max(cell.value, 0) ** 0.75) / highest ** 0.75
    pen.fillRect(...place(cell))
  }
  pen.globalAlpha = 1
  pen.fillStyle = hatch(pen, style.getPropertyValue('--line-strong').trim())
  for (const cell of cells.filter((each) => each.value === null)) pen.fillRect(...place(cell))
  pen.fillStyle = ink
  for (const cell of cells.filter((each) => each.estimated)) {
    const [x, y, wide, high] = place(cell)
    pen.fillRect(x, y + high - 1, wide, 1)
  }
  drawLabels(pen, props, style, size)
  const pointed = cursor === undefined ? undefined : cells[cursor]
  if (!pointed) return
  const [x, y, wide, high] = place(pointed)
  pen.strokeStyle = ink
  pen.lineWidth = 2
  pen.strokeRect(x - 1, y - 1, wide + 2, high + 2)
}

/** What is unknown: thin diagonal lines. */
function hatch(pen: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = tile.height = 5
  const own = tile.getContext('2d')
  if (!own) return colour
  own.strokeStyle = colour
  own.lineWidth = 0.8
  own.beginPath()
  own.moveTo(0, 5)
  own.lineTo(5, 0)
  own.stroke()
  return pen.createPattern(tile, 'repeat') ?? colour
}

function drawLabels(
  pen: CanvasRenderingContext2D,
  { ticks, rowLabels, height = 230 }: HeatMapProps,
  style: CSSStyleDeclaration,
  size: { x: number; y: number },
): void {
  pen.fillStyle = style.getPropertyValue('--ink-muted').trim()
  pen.font = `11px ${style.fontFamily}`
  pen.textAlign = 'right'
  for (const { row, label } of rowLabels) pen.fillText(label, LEFT - 8, row * size.y + 10)
  pen.textAlign = 'left'
  let free = 0
  for (const { column, label } of ticks) {
    const x = LEFT + column * size.x
    if (x < free) continue
    pen.fillText(label, x, height - 6)
    free = x + pen.measureText(label).width + 10
  }
}
