import {
  Button,
  Card,
  ChipGroup,
  EmptyState,
  Facts,
  type IconName,
  Placeholder,
  ProblemNotice,
  SidePanel,
  Timeline,
  type TimelineDay,
  ToggleChip,
  useCodeNames,
} from '@billwright/kit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { TimelineEvent } from '../../api/client.gen.ts'
import { useActorName } from '../../app/actor.ts'
import { api } from '../../app/api.ts'
import { accountPath, billKey } from '../../app/keys.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import styles from './account-tabs.module.css'
import type { TabProps } from './overview-tab.tsx'

const route = getRouteApi('/accounts/$accountKey')
const PAGE = 50

type Kind = TimelineEvent['kind']
const ICONS: Record<Kind, IconName> = {
  bill: 'bill',
  charge: 'account',
  payment: 'payment',
  adjustment: 'sort',
  contract: 'settings',
  collection: 'warning',
  notice: 'bill',
  usage: 'meter',
  contact: 'note',
  plan: 'plan',
  agreement: 'account',
  workItem: 'work',
  meter: 'meter',
}

/** All that happened to the account, in one stream. */
export function TimelineTab({ account, accountKey }: TabProps) {
  const text = useText()
  const { kinds = '', event: openCursor } = route.useSearch()
  const navigate = route.useNavigate()
  const events = useInfiniteQuery({
    queryKey: ['account', accountKey, 'timeline', kinds],
    queryFn: async ({ signal, pageParam }) => {
      const query = { limit: String(PAGE), kinds: kinds || undefined, before: pageParam || undefined }
      return (await api.call('getAccountTimeline', { params: accountPath(accountKey), query, signal }))
        .responseData
    },
    initialPageParam: '',
    getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)?.cursor : undefined),
  })
  const all = events.data?.pages.flat() ?? []
  const opened = all.find((event) => event.cursor === openCursor)
  return (
    <div className={opened ? styles.withPanel : undefined}>
      <Card title={text('account.tab.timeline')}>
        <KindFilter chosen={kinds} />
        {events.error && (
          <ProblemNotice
            what={text('timeline.problem')}
            error={events.error}
            retry={() => events.refetch()}
          />
        )}
        {events.isLoading && <Placeholder height={44} lines={6} />}
        {events.data && !all.length && <EmptyState icon="note" title={text('timeline.none')} />}
        <Timeline days={useDays(all, accountKey, openCursor)} />
        {events.hasNextPage && (
          <Button
            variant="default"
            fullWidth
            mt="md"
            loading={events.isFetchingNextPage}
            onClick={() => events.fetchNextPage()}
          >
            {text('timeline.more')}
          </Button>
        )}
      </Card>
      {opened && (
        <EventPanel
          event={opened}
          account={account}
          onClose={() => navigate({ search: ({ event: _, ...rest }) => rest, resetScroll: false })}
        />
      )}
    </div>
  )
}

function KindFilter({ chosen }: { chosen: string }) {
  const text = useText()
  const navigate = route.useNavigate()
  const kinds = chosen ? chosen.split(',') : []
  const toggled = (kind: Kind) =>
    (kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind]).join(',')
  return (
    <ChipGroup label={text('timeline.filter')}>
      {(Object.keys(ICONS) as Kind[]).map((kind) => (
        <ToggleChip
          key={kind}
          pressed={kinds.includes(kind)}
          onClick={() => navigate({ search: { tab: 'timeline', kinds: toggled(kind) }, resetScroll: false })}
        >
          {text(`timeline.kind.${kind}`)}
        </ToggleChip>
      ))}
    </ChipGroup>
  )
}

function useDays(
  events: readonly TimelineEvent[],
  accountKey: string,
  openCursor: string | undefined,
): TimelineDay[] {
  const words = useWords()
  return [...Map.groupBy(events, (event) => event.date)].map(([date, onDay]) => ({
    heading: words.day(date),
    entries: onDay.map((event) => ({
      key: event.cursor,
      icon: ICONS[event.kind],
      current: event.cursor === openCursor,
      title: (
        <Link
          to="/accounts/$accountKey"
          params={{ accountKey }}
          search={(now) => ({ ...now, tab: 'timeline', event: event.cursor })}
          resetScroll={false}
        >
          {words.local(event.text)}
        </Link>
      ),
      detail: words.prose(event.detail),
      figure: event.amount ? words.money(event.amount) : undefined,
    })),
  }))
}

interface EventPanelProps {
  event: TimelineEvent
  account: TabProps['account']
  onClose: () => void
}

function EventPanel({ event, account, onClose }: EventPanelProps) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const actorName = useActorName()
  const { customerId, billingPackageId } = account
  const detail = words.prose(event.detail)
  return (
    <SidePanel title={words.local(event.text)} onClose={onClose}>
      {detail && <p>{detail}</p>}
      <Facts
        facts={[
          { label: text('timeline.date'), value: words.day(event.date) },
          ...(event.at ? [{ label: text('timeline.at'), value: words.moment(event.at) }] : []),
          ...(event.amount ? [{ label: text('timeline.amount'), value: words.money(event.amount) }] : []),
          ...(event.actor ? [{ label: text('timeline.actor'), value: actorName(event.actor) }] : []),
          ...(event.statusCode
            ? [{ label: text('account.status'), value: nameOf(`status.event.${event.statusCode}`) }]
            : []),
        ]}
      />
      {event.billId && (
        <Link
          to="/bills/$billKey"
          params={{ billKey: billKey({ customerId, billingPackageId, billId: event.billId }) }}
        >
          {text('attention.bill')}
        </Link>
      )}
      {event.workItemId && (
        <Link to="/work" search={{ item: event.workItemId }}>
          {text('attention.workItem')}
        </Link>
      )}
    </SidePanel>
  )
}
