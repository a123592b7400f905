import { formatQuantity, formatShortDay, sumDecimals } from '@billwright/kit'
import { type Bar, BarChart, ChartFrame, Legend } from '@billwright/kit/charts'
import { highestOf } from './usage-series.ts'
import { type UsageChartProps, useUsage } from './usage-words.ts'

/** A bar a day. */
export function UsageByDay(props: UsageChartProps) {
  const { text, words, points, unit, columns, describe, footnote, wordWhen } = useUsage(props, true)
  const highest = highestOf(points)
  const known = points.filter((point) => point.value !== null)
  const bars: Bar[] = points.map((point) => ({
    key: point.day,
    tick: formatShortDay(point.day, words.language),
    segments: [{ series: 'usage', value: point.value ?? 0 }],
    estimated: point.quality === 'estimated',
    missing: point.value === null,
  }))
  return (
    <ChartFrame
      title={text(`usage.days.title.${props.channel.flow}`, { unit })}
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
      columns={columns}
      csvName={`usage-days-${props.account.accountNumber}`}
      describe={describe}
      footnote={footnote}
      legend={
        points.some((point) => point.quality === 'estimated') ? (
          <Legend
            entries={[
              { label: text('usage.quality.measured'), series: 'usage' },
              { label: text('usage.estimated'), series: 'usage', estimated: true },
            ]}
          />
        ) : undefined
      }
    >
      {(plot) => (
        <BarChart {...plot} bars={bars} height={260} formatValue={(value) => formatQuantity(value)} />
      )}
    </ChartFrame>
  )
}
