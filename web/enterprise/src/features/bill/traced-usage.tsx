import {
  type Column,
  DataTable,
  formatClock,
  formatQuantity,
  formatShortDay,
  localDay,
  sumDecimals,
} from '@billwright/kit'
import { type Bar, BarChart, ChartFrame } from '@billwright/kit/charts'
import { useMemo } from 'react'
import type { BillLine, LineTrace } from '../../api/client.gen.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { unscale, wordDate } from '../account/usage-series.ts'
import { Agreement } from './agreement.tsx'
import styles from './line-trace-panel.module.css'

type Usage = NonNullable<LineTrace['usage']>
type DaySum = Usage['daySums'][number]

interface TracedUsageProps {
  usage: Usage
  line: BillLine
  lineId: string
}

interface Interval {
  seconds: number
  decimal: string
  quality: Usage['quality'][number]
}

/** The very intervals of a line: by day as a picture, one by one as a table, and that they add up to the line's quantity. */
export function TracedUsage({ usage, line, lineId }: TracedUsageProps) {
  const text = useText()
  const words = useWords()
  const intervals = useMemo(() => countedOf(usage), [usage])
  const unit = usage.unitMeasureDescription
  const sum = useMemo(() => sumDecimals(intervals.map((interval) => interval.decimal)), [intervals])
  const agrees = usage.agrees === 'Y'
  return (
    <section className={styles.usage}>
      <DayChart usage={usage} lineId={lineId} />
      <Agreement agrees={agrees}>
        {text(agrees ? 'trace.agrees' : 'trace.disagrees', {
          count: intervals.length,
          sum: words.quantity(sum, unit),
          quantity: words.quantity(line.quantity, line.unitMeasureDescription),
        })}
      </Agreement>
      <IntervalTable usage={usage} intervals={intervals} lineId={lineId} />
    </section>
  )
}

function countedOf(usage: Usage): Interval[] {
  return usage.startSeconds.flatMap((seconds, index) => {
    const value = usage.values[index] ?? null
    if (!usage.counted[index] || value === null) return []
    return [{ seconds, decimal: unscale(value, usage.scale), quality: usage.quality[index] ?? 'missing' }]
  })
}

function DayChart({ usage, lineId }: { usage: Usage; lineId: string }) {
  const text = useText()
  const words = useWords()
  const unit = usage.unitMeasureDescription
  const estimatedDays = useMemo(() => {
    const guessed = countedOf(usage).filter((interval) => interval.quality === 'estimated')
    return new Set(guessed.map((interval) => localDay(interval.seconds, usage.timeZone)))
  }, [usage])
  if (!usage.daySums.length) return null
  const highest = usage.daySums.reduce((most, each) =>
    Number(each.quantity) > Number(most.quantity) ? each : most,
  )
  const bars: Bar[] = usage.daySums.map(({ day, quantity }) => ({
    key: day,
    tick: formatShortDay(day, words.language),
    segments: [{ series: 'usage', value: Number(quantity) }],
    estimated: estimatedDays.has(day),
  }))
  const columns: Column<DaySum>[] = [
    {
      id: 'day',
      header: text('usage.day'),
      value: ({ day }) => day,
      cell: ({ day }) => wordDate(day, words.language),
    },
    {
      id: 'quantity',
      header: text('bill.usage'),
      unit,
      numeric: true,
      value: ({ quantity }) => quantity,
      cell: ({ quantity }) => words.quantity(quantity),
    },
  ]
  return (
    <ChartFrame
      level={3}
      title={text('trace.usage', { unit })}
      takeaway={text('trace.usage.takeaway', {
        day: wordDate(highest.day, words.language),
        quantity: words.quantity(highest.quantity, unit, 1),
      })}
      rows={usage.daySums}
      rowKey={({ day }) => day}
      columns={columns}
      csvName={`line-${lineId}-days`}
      describe={({ day, quantity }) =>
        text('usage.point', { when: wordDate(day, words.language), quantity: words.quantity(quantity, unit) })
      }
      footnote={text('trace.zone', { zone: usage.timeZone })}
    >
      {(plot) => (
        <BarChart {...plot} bars={bars} height={170} formatValue={(value) => formatQuantity(value)} />
      )}
    </ChartFrame>
  )
}

function IntervalTable({
  usage,
  intervals,
  lineId,
}: {
  usage: Usage
  intervals: readonly Interval[]
  lineId: string
}) {
  const text = useText()
  const words = useWords()
  const columns: Column<Interval>[] = [
    {
      id: 'start',
      header: text('usage.start'),
      value: ({ seconds }) => new Date(seconds * 1000).toISOString(),
      cell: ({ seconds }) =>
        `${formatShortDay(localDay(seconds, usage.timeZone), words.language)}, ${formatClock(seconds, words.language, usage.timeZone)}`,
    },
    {
      id: 'quantity',
      header: text('bill.usage'),
      unit: usage.unitMeasureDescription,
      numeric: true,
      value: ({ decimal }) => decimal,
    },
    {
      id: 'quality',
      header: text('usage.quality'),
      value: ({ quality }) => quality,
      cell: ({ quality }) => text(`usage.quality.${quality}`),
    },
  ]
  return (
    <DataTable
      caption={text('trace.intervals', { count: intervals.length })}
      columns={columns}
      rows={intervals}
      rowKey={({ seconds }) => String(seconds)}
      csvName={`line-${lineId}-intervals`}
    />
  )
}
