import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useKitText } from '../messages/messages.tsx'
import { announce } from '../parts/announcer.tsx'
import { Button } from '../parts/controls.ts'
import { Icon } from '../parts/icon.tsx'
import { type Column, DataTable } from '../table/data-table.tsx'
import styles from './chart-frame.module.css'
import { useWidth } from './use-width.ts'

export interface Plot {
  width: number
  /** Index of the pointed-at row. */
  cursor: number | undefined
  setCursor: (index: number | undefined) => void
}

export interface ChartFrameProps<Row> {
  /** Subject and unit: "Electricity by day (kWh)". */
  title: string
  /** One sentence computed from the data; it is also the chart's description for those who cannot see it. */
  takeaway: string
  /** The plotted values, in the order in which the cursor walks over them. */
  rows: readonly Row[]
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  csvName: string
  /** A row in words; shown and announced when the cursor is on it. */
  describe: (row: Row) => string
  /** How far Page Up and Page Down go. */
  pageStep?: number
  legend?: ReactNode
  /** Level of the title; 2 when left out. */
  level?: 2 | 3
  /** Zone of the axis, up to when there is data, what is estimated. */
  footnote?: ReactNode
  actions?: ReactNode
  children: (plot: Plot) => ReactNode
}

/** What every chart has: title, takeaway, the same data as a table and a file, and a cursor for keyboard and pointer. */
export function ChartFrame<Row extends object>(props: ChartFrameProps<Row>) {
  const { title, takeaway, rows, rowKey, columns, csvName, describe, legend, footnote, actions, children } =
    props
  const text = useKitText()
  const Heading = props.level === 3 ? 'h3' : 'h2'
  const [asTable, setAsTable] = useState(false)
  const [cursor, setCursor] = useState<number>()
  const ids = { title: useId(), takeaway: useId() }
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const pointed = cursor === undefined ? undefined : rows[cursor]
  const words = pointed && describe(pointed)
  useAnnounced(box, words)
  return (
    <figure className={styles.frame} data-testid="chart" aria-labelledby={ids.title}>
      <figcaption className={styles.header}>
        <div>
          <Heading id={ids.title} className={styles.title}>
            {title}
          </Heading>
          <p id={ids.takeaway} className={styles.takeaway}>
            {takeaway}
          </p>
        </div>
        <span className={styles.actions} data-print="no">
          {actions}
          <Button
            variant="subtle"
            size="compact-sm"
            aria-pressed={asTable}
            leftSection={<Icon name={asTable ? 'chart' : 'table'} size={15} />}
            onClick={() => setAsTable(!asTable)}
          >
            {text(asTable ? 'kit.chart.asChart' : 'kit.chart.asTable')}
          </Button>
        </span>
      </figcaption>
      <div hidden={asTable}>
        <div className={styles.meta}>
          {legend}
          <output className={styles.readout} aria-live="off">
            {words ?? <span className={styles.hint}>{text('kit.chart.hint')}</span>}
          </output>
        </div>
        {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: the plot is walked over with the arrow keys */}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset holds form controls */}
        <div
          ref={box}
          role="group"
          tabIndex={0}
          className={styles.plot}
          aria-labelledby={ids.title}
          aria-describedby={ids.takeaway}
          onKeyDown={(event) =>
            moveCursor(event, { cursor, setCursor, count: rows.length, page: props.pageStep ?? 7 })
          }
          onMouseLeave={() => setCursor(undefined)}
          onBlur={() => setCursor(undefined)}
        >
          {width > 0 && children({ width, cursor, setCursor })}
        </div>
        {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
      </div>
      {asTable && (
        <DataTable
          captionHidden
          caption={title}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          csvName={csvName}
        />
      )}
      {footnote && <p className={styles.footnote}>{footnote}</p>}
    </figure>
  )
}

/** Announces while the plot has the keyboard's focus; a pointer that passes over says nothing. */
function useAnnounced(box: React.RefObject<HTMLDivElement | null>, words: string | undefined) {
  useEffect(() => {
    if (words && document.activeElement === box.current) announce(words)
  }, [box, words])
}

interface Walk {
  cursor: number | undefined
  setCursor: (index: number | undefined) => void
  count: number
  page: number
}

function moveCursor(event: KeyboardEvent, { cursor, setCursor, count, page }: Walk): void {
  const from = cursor ?? -1
  const target: Record<string, number | undefined> = {
    ArrowRight: from + 1,
    ArrowLeft: cursor === undefined ? count - 1 : from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  }
  if (event.key === 'Escape' && cursor !== undefined) {
    event.stopPropagation()
    setCursor(undefined)
    return
  }
  const next = target[event.key]
  if (next === undefined || !count) return
  event.preventDefault()
  setCursor(Math.min(Math.max(next, 0), count - 1))
}
