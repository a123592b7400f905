import { addMonths, type Column, daysBetween, EmptyState, formatMoney, monthName } from '@billwright/kit'
import { type Bar, BarChart, ChartFrame, Legend } from '@billwright/kit/charts'
import type { AccountOverview, Bill } from '../../api/client.gen.ts'
import { NONE, useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'

const SHOWN = 13

interface HistoryRow {
  bill: Bill
  lastYear: Bill | undefined
}

/** What the bills of the last year came to, the same month of the year before behind each. */
export function BillHistoryChart({ account, bills }: { account: AccountOverview; bills: readonly Bill[] }) {
  const text = useText()
  const words = useWords()
  const rows = historyOf(bills)
  if (!rows.length)
    return (
      <EmptyState icon="bill" title={text('bills.none')}>
        <p>{text('bills.none.what')}</p>
      </EmptyState>
    )
  const bars: Bar[] = rows.map(({ bill, lastYear }) => ({
    key: bill.billId,
    tick: monthName(bill.billDate, words.language),
    segments: [{ series: 'usage', value: Number(bill.chargesAmount) }],
    ghost: lastYear && Number(lastYear.chargesAmount),
    estimated: bill.estimatedFlag === 'Y',
  }))
  return (
    <ChartFrame<HistoryRow>
      title={text('history.title')}
      takeaway={takeawayOf(rows, text, words)}
      rows={rows}
      rowKey={({ bill }) => bill.billId}
      columns={columnsOf(text, words)}
      csvName={`bills-${account.accountNumber}`}
      describe={({ bill, lastYear }) =>
        text('history.point', {
          period: words.period(bill.startDate, bill.endDate),
          amount: words.money(bill.chargesAmount),
          lastYear: lastYear ? words.money(lastYear.chargesAmount) : NONE,
        })
      }
      pageStep={6}
      legend={
        <Legend
          entries={[
            { label: text('history.thisYear'), series: 'usage' },
            ...(rows.some((row) => row.lastYear)
              ? [{ label: text('history.lastYear'), series: 'usage' as const, ghost: true }]
              : []),
            ...(bars.some((bar) => bar.estimated)
              ? [{ label: text('usage.estimated'), series: 'usage' as const, estimated: true }]
              : []),
          ]}
        />
      }
    >
      {(plot) => (
        <BarChart
          {...plot}
          bars={bars}
          formatValue={(value) => formatMoney(String(Math.round(value))).slice(0, -3)}
        />
      )}
    </ChartFrame>
  )
}

/** Oldest first, cancelled bills left out. */
function historyOf(bills: readonly Bill[]): HistoryRow[] {
  const live = bills.filter((bill) => bill.statusCode !== 'cancelled')
  const oldestFirst = live.toSorted((one, other) => one.billDate.localeCompare(other.billDate))
  return oldestFirst.slice(-SHOWN).map((bill) => ({ bill, lastYear: yearBefore(bill, oldestFirst) }))
}

function yearBefore(bill: Bill, bills: readonly Bill[]): Bill | undefined {
  const day = addMonths(bill.billDate, -12)
  return bills.find((other) => Math.abs(daysBetween(other.billDate, day)) < 16)
}

function takeawayOf(
  rows: readonly HistoryRow[],
  text: ReturnType<typeof useText>,
  words: ReturnType<typeof useWords>,
): string {
  const highest = rows.reduce((most, row) =>
    Number(row.bill.chargesAmount) > Number(most.bill.chargesAmount) ? row : most,
  )
  const latest = rows.at(-1) as HistoryRow
  return text('history.takeaway', {
    latest: words.money(latest.bill.chargesAmount),
    highest: words.money(highest.bill.chargesAmount),
    period: words.period(highest.bill.startDate, highest.bill.endDate),
  })
}

function columnsOf(
  text: ReturnType<typeof useText>,
  words: ReturnType<typeof useWords>,
): Column<HistoryRow>[] {
  return [
    {
      id: 'period',
      header: text('bill.period'),
      value: ({ bill }) => bill.startDate,
      cell: ({ bill }) => words.period(bill.startDate, bill.endDate),
    },
    {
      id: 'amount',
      header: text('bill.charges'),
      numeric: true,
      value: ({ bill }) => bill.chargesAmount,
      cell: ({ bill }) => words.money(bill.chargesAmount),
    },
    {
      id: 'lastYear',
      header: text('history.lastYear'),
      numeric: true,
      value: ({ lastYear }) => lastYear?.chargesAmount,
      cell: ({ lastYear }) => words.money(lastYear?.chargesAmount ?? ''),
    },
  ]
}
