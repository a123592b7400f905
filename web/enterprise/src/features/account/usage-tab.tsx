import {
  addDays,
  addMonths,
  Button,
  Card,
  ChipGroup,
  Placeholder,
  ProblemNotice,
  TextInput,
  ToggleChip,
} from '@billwright/kit'
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { meQuery } from '../../app/queries.ts'
import { useText } from '../../messages/index.ts'
import { type Grain, intervalsQuery, usageQuery } from './account-queries.ts'
import styles from './account-tabs.module.css'
import type { TabProps } from './overview-tab.tsx'
import { UsageByBill } from './usage-by-bill.tsx'
import { UsageByDay } from './usage-by-day.tsx'
import { UsageByHour } from './usage-by-hour.tsx'
import { UsageByInterval } from './usage-by-interval.tsx'

const route = getRouteApi('/accounts/$accountKey')

/** How much time each picture shows at first, and which values it asks for. */
const PICTURES = {
  bills: undefined,
  days: { days: 31, grain: 'day' },
  intervals: { days: 92, grain: 'interval' },
  hours: { days: 365, grain: 'hour' },
} as const satisfies Record<string, { days: number; grain: Grain } | undefined>
type Picture = keyof typeof PICTURES

/** Usage of any range, in four pictures. The address holds picture and range. */
export function UsageTab({ account, accountKey }: TabProps) {
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const picture: Picture = search.picture && search.picture in PICTURES ? (search.picture as Picture) : 'days'
  return (
    <Card>
      <div className={styles.controls} data-print="no">
        <ChipGroup label={text('usage.pictures')}>
          {(Object.keys(PICTURES) as Picture[]).map((each) => (
            <ToggleChip
              key={each}
              pressed={each === picture}
              onClick={() => navigate({ search: { tab: 'usage', picture: each }, resetScroll: false })}
            >
              {text(`usage.picture.${each}`)}
            </ToggleChip>
          ))}
        </ChipGroup>
        {picture !== 'bills' && <RangeForm picture={picture} accountKey={accountKey} />}
      </div>
      {picture === 'bills' ? (
        <BilledUsage account={account} accountKey={accountKey} />
      ) : (
        <MeasuredUsage account={account} accountKey={accountKey} picture={picture} />
      )}
    </Card>
  )
}

type Measured = Exclude<Picture, 'bills'>

/** The asked range, else the days up to the business day of the installation. */
function useRange(picture: Measured): { from: string; to: string } {
  const { data: me } = useSuspenseQuery(meQuery)
  const { from, to } = route.useSearch()
  const end = isDay(to) ? to : addDays(me.today, 0)
  return { from: isDay(from) ? from : addDays(end, -PICTURES[picture].days), to: end }
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text)
}

function RangeForm({ picture, accountKey }: { picture: Measured; accountKey: string }) {
  const text = useText()
  const navigate = route.useNavigate()
  const { from, to } = useRange(picture)
  const show = (next: { from: string; to: string }) => {
    if (isDay(next.from) && isDay(next.to) && next.from < next.to)
      navigate({ params: { accountKey }, search: (now) => ({ ...now, ...next }), resetScroll: false })
  }
  const days = PICTURES[picture].days
  return (
    <>
      <TextInput
        type="date"
        label={text('usage.from')}
        value={from}
        max={to}
        onChange={(event) => show({ from: event.currentTarget.value, to })}
      />
      <TextInput
        type="date"
        label={text('usage.through')}
        value={addDays(to, -1)}
        onChange={(event) =>
          event.currentTarget.value && show({ from, to: addDays(event.currentTarget.value, 1) })
        }
      />
      <Button variant="default" onClick={() => show({ from: addDays(from, -days), to: from })}>
        {text('usage.earlier')}
      </Button>
      <Button variant="default" onClick={() => show({ from: addMonths(from, -12), to: addMonths(to, -12) })}>
        {text('usage.yearBefore')}
      </Button>
    </>
  )
}

function BilledUsage({ account, accountKey }: TabProps) {
  const text = useText()
  const usage = useQuery(usageQuery(accountKey))
  if (usage.error)
    return <ProblemNotice what={text('usage.problem')} error={usage.error} retry={() => usage.refetch()} />
  if (!usage.data) return <Placeholder height={300} />
  return <UsageByBill account={account} usages={usage.data} />
}

const CHARTS = { days: UsageByDay, intervals: UsageByInterval, hours: UsageByHour } as const

function MeasuredUsage({ account, accountKey, picture }: TabProps & { picture: Measured }) {
  const text = useText()
  const { from, to } = useRange(picture)
  const intervals = useQuery({
    ...intervalsQuery(accountKey, from, to, PICTURES[picture].grain),
    placeholderData: keepPreviousData,
  })
  if (intervals.error)
    return (
      <ProblemNotice what={text('usage.problem')} error={intervals.error} retry={() => intervals.refetch()} />
    )
  if (!intervals.data || intervals.data.grain !== PICTURES[picture].grain) return <Placeholder height={300} />
  const Chart = CHARTS[picture]
  return (
    <div className={styles.column}>
      {intervals.data.channels.length === 0 && <p>{text('usage.noChannel')}</p>}
      {intervals.data.channels.map((channel) => (
        <Chart
          key={channel.servicePointId + channel.flow + channel.unitMeasureDescription}
          account={account}
          channel={channel}
          timeZone={intervals.data.timeZone}
        />
      ))}
    </div>
  )
}
