import { type Column, EmptyState, formatQuantity, monthName } from '@billwright/kit'
import { type Bar, BarChart, ChartFrame, Legend } from '@billwright/kit/charts'
import type { AccountOverview, Usage } from '../../api/client.gen.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { useTimesOfUse } from './time-of-use.ts'

/** The billed quantities, stacked by time of use where the plan has one. */
export function UsageByBill({ account, usages }: { account: AccountOverview; usages: readonly Usage[] }) {
  const text = useText()
  const words = useWords()
  const rows = usages
    .filter((usage) => usage.statusCode !== 'cancelled' && usage.statusCode !== 'superseded')
    .toSorted((one, other) => one.beginReadDate.localeCompare(other.beginReadDate))
    .slice(-13)
  const codes = [...new Set(rows.flatMap((usage) => bucketsOf(usage).map((bucket) => bucket.code)))]
  const times = useTimesOfUse(codes)
  const latest = rows.at(-1)
  if (!latest) return <EmptyState icon="meter" title={text('usage.none')} />
  const unit = latest.unitMeasureDescription
  const bars: Bar[] = rows.map((usage) => ({
    key: usage.usageId,
    tick: monthName(usage.endReadDate, words.language),
    segments: times.map(({ code, series }) => ({ series, value: bucketOf(usage, code) ?? 0 })),
    estimated: usage.estimatedFlag === 'Y',
  }))
  const columns: Column<Usage>[] = [
    {
      id: 'period',
      header: text('bill.period'),
      value: (usage) => usage.beginReadDate,
      cell: (usage) => words.period(usage.beginReadDate, usage.endReadDate),
    },
    ...times
      .filter(({ code }) => code)
      .map(({ code, label }) => ({
        id: `tou-${code}`,
        header: label,
        unit,
        numeric: true,
        value: (usage: Usage) => bucketOf(usage, code),
      })),
    {
      id: 'total',
      header: text('bill.usage'),
      unit,
      numeric: true,
      value: (usage) => usage.usageNumber,
      cell: (usage) => words.quantity(usage.usageNumber),
    },
  ]
  return (
    <ChartFrame
      title={text('usage.bills.title', { unit })}
      takeaway={text('usage.bills.takeaway', {
        quantity: words.quantity(latest.usageNumber, unit, 0),
        period: words.period(latest.beginReadDate, latest.endReadDate),
      })}
      rows={rows}
      rowKey={(usage) => usage.usageId}
      columns={columns}
      csvName={`usage-bills-${account.accountNumber}`}
      describe={(usage) =>
        text('usage.point', {
          when: words.period(usage.beginReadDate, usage.endReadDate),
          quantity: words.quantity(usage.usageNumber, unit, 1),
        })
      }
      pageStep={6}
      legend={<Legend entries={times.map(({ series, label }) => ({ series, label }))} />}
    >
      {(plot) => (
        <BarChart {...plot} bars={bars} height={260} formatValue={(value) => formatQuantity(value)} />
      )}
    </ChartFrame>
  )
}

/** Consumption by time of use; the whole when it is not split. */
function bucketsOf(usage: Usage): { code: string; value: number }[] {
  const split = usage.usageDetailList.filter(
    (detail) =>
      detail.timeOfUseCode &&
      detail.unitMeasureDescription === usage.unitMeasureDescription &&
      !/max|demand|peak_kw/i.test(detail.measurementSignificanceCode),
  )
  if (!split.length) return [{ code: '', value: Number(usage.usageNumber) }]
  const byCode = Map.groupBy(split, (detail) => detail.timeOfUseCode)
  return [...byCode].map(([code, details]) => ({
    code,
    value: details.reduce((sum, detail) => sum + Number(detail.usageNumber), 0),
  }))
}

function bucketOf(usage: Usage, code: string): number | undefined {
  return bucketsOf(usage).find((bucket) => bucket.code === code)?.value
}
