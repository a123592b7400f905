import { daysBetween, formatMonth, localDay } from '@billwright/kit'
import { ChartFrame, type HeatCell, HeatMap } from '@billwright/kit/charts'
import { useMemo } from 'react'
import { highestOf, type UsagePoint } from './usage-series.ts'
import { type UsageChartProps, useUsage } from './usage-words.ts'

const HOUR_SECONDS = 3600
const ROWS = [0, 6, 12, 18]

/** A year at a glance: a column a day, a row an hour; a day of 23 or 25 hours has that many. */
export function UsageByHour(props: UsageChartProps) {
  const { text, words, points, unit, columns, describe, footnote, wordWhen } = useUsage(props, false)
  const picture = useMemo(
    () => pictureOf(points, props.timeZone, words.language),
    [points, props.timeZone, words.language],
  )
  const highest = highestOf(points)
  return (
    <ChartFrame
      title={text('usage.hours.title', { unit })}
      takeaway={
        highest
          ? text('usage.hours.takeaway', {
              when: wordWhen(highest),
              quantity: words.quantity(highest.decimal, unit, 2),
            })
          : text('usage.nothing')
      }
      rows={points}
      rowKey={(point) => String(point.seconds)}
      columns={columns}
      csvName={`usage-hours-${props.account.accountNumber}`}
      describe={describe}
      pageStep={24}
      footnote={footnote}
    >
      {(plot) => (
        <HeatMap
          {...plot}
          {...picture}
          rowLabels={ROWS.map((row) => ({ row, label: `${String(row).padStart(2, '0')}:00` }))}
        />
      )}
    </ChartFrame>
  )
}

function pictureOf(points: readonly UsagePoint[], timeZone: string, language: 'en' | 'es') {
  const first = points[0]?.day
  if (!first) return { cells: [], columns: 1, rows: 24, ticks: [] }
  const dayStarts = new Map<string, number>()
  const cells: HeatCell[] = points.map((point) => {
    const start = dayStarts.get(point.day) ?? point.seconds
    dayStarts.set(point.day, start)
    return {
      column: daysBetween(first, point.day),
      row: Math.floor((point.seconds - start) / HOUR_SECONDS),
      value: point.value,
      estimated: point.quality === 'estimated',
    }
  })
  const days = [...dayStarts.keys()]
  const ticks = days
    .filter((day) => day.endsWith('-01'))
    .map((day) => ({ column: daysBetween(first, day), label: formatMonth(day, language) }))
  const last = localDay(points.at(-1)?.seconds ?? 0, timeZone)
  return {
    cells,
    columns: daysBetween(first, last) + 1,
    rows: Math.max(24, ...cells.map((cell) => cell.row + 1)),
    ticks,
  }
}
