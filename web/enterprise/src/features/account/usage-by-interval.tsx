import { ChartFrame, LineChart } from '@billwright/kit/charts'
import { useMemo } from 'react'
import { highestOf } from './usage-series.ts'
import { type UsageChartProps, useUsage } from './usage-words.ts'

/** Every interval as it was measured. */
export function UsageByInterval(props: UsageChartProps) {
  const { text, words, points, unit, columns, describe, footnote, wordWhen } = useUsage(props, false)
  const series = useMemo(
    () => ({
      startSeconds: points.map((point) => point.seconds),
      values: points.map((point) => point.value),
      estimated: points.map((point) => point.quality === 'estimated'),
    }),
    [points],
  )
  const highest = highestOf(points)
  const minutes = props.channel.intervalSeconds / 60
  return (
    <ChartFrame
      title={text('usage.intervals.title', { unit, minutes })}
      takeaway={
        highest
          ? text('usage.intervals.takeaway', {
              when: wordWhen(highest),
              quantity: words.quantity(highest.decimal, unit, 3),
              kilowatts: words.quantity(String(((highest.value ?? 0) * 60) / minutes), 'kW', 1),
            })
          : text('usage.nothing')
      }
      rows={points}
      rowKey={(point) => String(point.seconds)}
      columns={columns}
      csvName={`usage-intervals-${props.account.accountNumber}`}
      describe={describe}
      pageStep={Math.round(86_400 / props.channel.intervalSeconds)}
      footnote={footnote}
    >
      {(plot) => <LineChart {...plot} {...series} timeZone={props.timeZone} unit={unit} />}
    </ChartFrame>
  )
}
