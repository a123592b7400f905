import type { Column } from '@billwright/kit'
import { useMemo } from 'react'
import type { AccountOverview } from '../../api/client.gen.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { type Channel, pointsOf, type UsagePoint, wordDate, wordStart } from './usage-series.ts'

export interface UsageChartProps {
  account: AccountOverview
  channel: Channel
  timeZone: string
}

/** This will give what the measured pictures share: points, columns, the footnote and how a point is worded. */
export function useUsage({ channel, timeZone }: UsageChartProps, everyDay: boolean) {
  const text = useText()
  const words = useWords()
  const points = useMemo(() => pointsOf(channel, timeZone), [channel, timeZone])
  const unit = channel.unitMeasureDescription
  const wordWhen = (point: UsagePoint) =>
    everyDay ? wordDate(point.day, words.language) : wordStart(point, timeZone, words.language)
  const describe = (point: UsagePoint) =>
    text(point.quality === 'measured' ? 'usage.point' : `usage.point.${point.quality}`, {
      when: wordWhen(point),
      quantity: words.quantity(point.decimal, unit, 3),
    })
  const columns: Column<UsagePoint>[] = [
    {
      id: 'start',
      header: text(everyDay ? 'usage.day' : 'usage.start'),
      value: (point) => (everyDay ? point.day : new Date(point.seconds * 1000).toISOString()),
      cell: wordWhen,
    },
    {
      id: 'value',
      header: text('bill.usage'),
      unit,
      numeric: true,
      value: (point) => point.decimal,
      cell: (point) => words.quantity(point.decimal, undefined, 3),
    },
    {
      id: 'quality',
      header: text('usage.quality'),
      value: (point) => point.quality,
      cell: (point) => text(`usage.quality.${point.quality}`),
    },
  ]
  const last = points.findLast((point) => point.value !== null)
  const footnote = text('usage.footnote', {
    zone: timeZone,
    until: last ? words.day(last.day) : '–',
    estimated: points.filter((point) => point.quality === 'estimated').length,
    missing: points.filter((point) => point.value === null).length,
  })
  return { text, words, points, unit, columns, describe, footnote, wordWhen }
}
