import { type Column, formatQuantity, formatShortDay, sumDecimals } from '@billwright/kit'
import { type Bar, BarChart, ChartFrame, Legend, type LegendEntry } from '@billwright/kit/charts'
import { type TimeOfUse, useTimesOfUse } from './time-of-use.ts'
import { type Channel, highestOf, type UsagePoint, unscale } from './usage-series.ts'
import { type UsageChartProps, useUsage } from './usage-words.ts'

/** A bar a day, stacked by time of use where the plan has one. */
export function UsageByDay(props: UsageChartProps) {
  const { channel } = props
  const { text, words, points, unit, columns, describe, footnote, wordWhen } = useUsage(props, true)
  const times = useTimesOfUse(channel.timesOfUse.map((each) => each.timeOfUseCode))
  const highest = highestOf(points)
  const known = points.filter((point) => point.value !== null)
  const bars: Bar[] = points.map((point, index) => ({
    key: point.day,
    tick: formatShortDay(point.day, words.language),
    segments: times.length
      ? times.map(({ code, series }) => ({ series, value: Number(partOf(channel, code, index)) }))
      : [{ series: 'usage', value: point.value ?? 0 }],
    estimated: point.quality === 'estimated',
    missing: point.value === null,
  }))
  const legend: LegendEntry[] = times.map(({ label, series }) => ({ label, series }))
  if (points.some((point) => point.quality === 'estimated')) {
    if (!times.length) legend.push({ label: text('usage.quality.measured'), series: 'usage' })
    legend.push({ label: text('usage.estimated'), series: times[0]?.series ?? 'usage', estimated: true })
  }
  return (
    <ChartFrame
      title={text(`usage.days.title.${channel.flow}`, { unit })}
      takeaway={
        highest
          ? text('usage.days.takeaway', {
              day: wordWhen(highest),
              quantity: words.quantity(highest.decimal, unit, 1),
              total: words.quantity(sumDecimals(known.map((point) => point.decimal)), unit, 0),
            })
          : text('usage.nothing')
      }
      rows={points}
      rowKey={(point) => String(point.seconds)}
      columns={[...columns.slice(0, 1), ...timeColumns(channel, points, times, unit), ...columns.slice(1)]}
      csvName={`usage-days-${props.account.accountNumber}`}
      describe={describe}
      footnote={footnote}
      legend={legend.length ? <Legend entries={legend} /> : undefined}
    >
      {(plot) => (
        <BarChart {...plot} bars={bars} height={260} formatValue={(value) => formatQuantity(value)} />
      )}
    </ChartFrame>
  )
}

function timeColumns(
  channel: Channel,
  points: readonly UsagePoint[],
  times: readonly TimeOfUse[],
  unit: string,
): Column<UsagePoint>[] {
  const indexOf = new Map(points.map((point, index) => [point.seconds, index]))
  return times.map(({ code, label }) => ({
    id: `tou-${code}`,
    header: label,
    unit,
    numeric: true,
    value: (point) => partOf(channel, code, indexOf.get(point.seconds) ?? -1),
    cell: (point) => formatQuantity(partOf(channel, code, indexOf.get(point.seconds) ?? -1), undefined, 3),
  }))
}

function partOf(channel: Channel, code: string, index: number): string {
  const own = channel.timesOfUse.find((each) => each.timeOfUseCode === code)
  return unscale(own?.values[index] ?? 0, channel.scale)
}
