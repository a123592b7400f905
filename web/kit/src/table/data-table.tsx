import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useId, useMemo, useRef } from 'react'
import { type CsvCell, downloadText, toCsv } from '../format/csv.ts'
import { useKitText } from '../messages/messages.tsx'
import { Button } from '../parts/controls.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './data-table.module.css'

export interface Column<Row> {
  id: string
  header: string
  /** Printed with the header of a numeric column: `kWh`. */
  unit?: string
  numeric?: boolean
  /** The plain value: what is sorted by and what goes into the CSV file (ISO dates, numbers without signs). */
  value: (row: Row) => CsvCell
  /** What is shown; the value when left out. */
  cell?: (row: Row) => ReactNode
}

export interface DataTableProps<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Name of the CSV file, without its ending; no export when left out. */
  csvName?: string
  empty?: ReactNode
  /** The row that is open beside the table. */
  currentKey?: string | undefined
  /** Beside the export button. */
  actions?: ReactNode
  captionHidden?: boolean
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
type Features = typeof features

const VIRTUAL_FROM = 200
const ROW_HEIGHT = 37

/** A table that sorts, exports and scrolls in its own region; long ones keep only the visible rows in the page. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { caption, columns, rows, csvName, empty, actions, captionHidden = false } = props
  const captionId = useId()
  const scroller = useRef<HTMLElement>(null)
  const table = useSortable(columns, rows)
  const sorted = table.getRowModel().rows.map((row) => row.original)
  if (!rows.length && empty) return <>{empty}</>
  return (
    <div
      className={styles.frame}
      data-testid="table"
      data-long={rows.length > VIRTUAL_FROM}
      data-cards={rows.length <= VIRTUAL_FROM && columns.length > 3}
    >
      {(!captionHidden || csvName || actions) && (
        <div className={styles.bar}>
          <span id={captionId} className={captionHidden ? 'visually-hidden' : styles.caption}>
            {caption}
          </span>
          <span className={styles.actions} data-print="no">
            {actions}
            {csvName && <CsvButton name={csvName} columns={columns} rows={sorted} />}
          </span>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className={styles.scroller} aria-label={caption} tabIndex={0}>
        <table className={styles.table} aria-label={caption} aria-rowcount={sorted.length + 1}>
          <thead>
            <tr>
              {table.getHeaderGroups()[0]?.headers.map((header, index) => (
                <HeaderCell
                  key={header.id}
                  column={columns[index] as Column<Row>}
                  sorted={header.column.getIsSorted()}
                  onSort={() => header.column.toggleSorting()}
                />
              ))}
            </tr>
          </thead>
          <Body {...props} rows={sorted} scroller={scroller} />
        </table>
      </section>
    </div>
  )
}

function useSortable<Row extends object>(columns: readonly Column<Row>[], rows: readonly Row[]) {
  const definitions = useMemo(() => columns.map((column) => definitionOf(column)), [columns])
  return useTable<Features, Row>({ features, columns: definitions, data: rows as Row[] })
}

function definitionOf<Row extends object>(column: Column<Row>): ColumnDef<Features, Row, unknown> {
  return {
    id: column.id,
    accessorFn: column.value,
    sortFn: (one, other) => compare(column.value(one.original), column.value(other.original), column.numeric),
    sortDescFirst: column.numeric ?? false,
  }
}

function compare(one: CsvCell, other: CsvCell, numeric = false): number {
  if (numeric) return Number(one ?? 0) - Number(other ?? 0)
  return String(one ?? '').localeCompare(String(other ?? ''))
}

interface HeaderCellProps<Row> {
  column: Column<Row>
  sorted: false | 'asc' | 'desc'
  onSort: () => void
}

function HeaderCell<Row>({ column, sorted, onSort }: HeaderCellProps<Row>) {
  const order = sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'
  return (
    <th scope="col" data-numeric={column.numeric} aria-sort={order}>
      <button type="button" className={styles.sort} data-sorted={Boolean(sorted)} onClick={onSort}>
        {column.header}
        {column.unit && <span className={styles.unit}>{column.unit}</span>}
        <Icon name={sorted === 'asc' ? 'up' : sorted === 'desc' ? 'down' : 'sort'} size={13} />
      </button>
    </th>
  )
}

interface BodyProps<Row> extends DataTableProps<Row> {
  scroller: React.RefObject<HTMLElement | null>
}

function Body<Row extends object>(props: BodyProps<Row>) {
  return props.rows.length > VIRTUAL_FROM ? <VirtualBody {...props} /> : <PlainBody {...props} />
}

function PlainBody<Row extends object>({ rows, columns, rowKey, currentKey }: BodyProps<Row>) {
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={rowKey(row)} aria-current={rowKey(row) === currentKey || undefined}>
          <Cells row={row} columns={columns} />
        </tr>
      ))}
    </tbody>
  )
}

function VirtualBody<Row extends object>({ rows, columns, rowKey, scroller }: BodyProps<Row>) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <tbody>
      <Spacer height={before} span={columns.length} />
      {items.map((item) => {
        const row = rows[item.index] as Row
        return (
          <tr key={rowKey(row)} aria-rowindex={item.index + 2}>
            <Cells row={row} columns={columns} />
          </tr>
        )
      })}
      <Spacer height={after} span={columns.length} />
    </tbody>
  )
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row that only keeps the scroll height
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

function Cells<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return columns.map((column) => (
    <td
      key={column.id}
      data-numeric={column.numeric}
      data-label={column.unit ? `${column.header} (${column.unit})` : column.header}
    >
      {column.cell ? column.cell(row) : column.value(row)}
    </td>
  ))
}

interface CsvButtonProps<Row> {
  name: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
}

function CsvButton<Row>({ name, columns, rows }: CsvButtonProps<Row>) {
  const text = useKitText()
  const header = columns.map((column) => (column.unit ? `${column.header} (${column.unit})` : column.header))
  const download = () =>
    downloadText(
      `${name}.csv`,
      toCsv(
        header,
        rows.map((row) => columns.map((column) => column.value(row))),
      ),
    )
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<Icon name="download" size={15} />}
      onClick={download}
    >
      {text('kit.csv')}
    </Button>
  )
}
