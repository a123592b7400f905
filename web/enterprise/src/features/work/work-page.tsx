import {
  announce,
  Chip,
  ChipGroup,
  EmptyState,
  Page,
  Placeholder,
  ProblemNotice,
  ToggleChip,
  useCodeNames,
  useShortcut,
} from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import type { WorkItem } from '../../api/client.gen.ts'
import { countText } from '../../app/found.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import styles from './work.module.css'
import { WorkItemPanel } from './work-item-panel.tsx'
import { workQuery } from './work-queries.ts'

const route = getRouteApi('/work')
const STATUSES = ['open', 'done', 'cancelled'] as const
type Status = (typeof STATUSES)[number]

/** A queue: the list on the left, the item with its reason and remedy on the right, the next one after each act. */
export function WorkPage() {
  const text = useText()
  const { item: openId, status: asked, type } = route.useSearch()
  const status: Status = STATUSES.find((known) => known === asked) ?? 'open'
  const navigate = route.useNavigate()
  const work = useQuery(workQuery(status, type))
  const items = work.data?.items ?? []
  const index = items.findIndex((item) => item.workItemId === openId)
  const open = useCallback(
    (item: WorkItem | undefined) =>
      navigate({
        search: ({ item: _, ...rest }) => (item ? { ...rest, item: item.workItemId } : rest),
        resetScroll: false,
      }),
    [navigate],
  )
  const step = (by: number) => {
    const next = items[Math.min(Math.max(index + by, 0), items.length - 1)]
    if (next) open(next)
  }
  useShortcut('j', () => step(1))
  useShortcut('k', () => step(-1))
  const opened = items[index]
  return (
    <Page
      title={text('nav.work')}
      lead={
        work.data
          ? text('work.count', { count: work.data.total, shown: countText(work.data.total) })
          : undefined
      }
    >
      <Filters status={status} type={type} />
      {work.error && (
        <ProblemNotice what={text('work.problem')} error={work.error} retry={() => work.refetch()} />
      )}
      {work.isLoading && <Placeholder height={56} lines={5} />}
      {work.data && !items.length && (
        <EmptyState icon="good" title={text('work.none')}>
          <p>{text('work.none.what')}</p>
        </EmptyState>
      )}
      {items.length > 0 && (
        <div className={opened ? styles.withPanel : undefined}>
          <ul className={styles.queue} aria-label={text('nav.work')} data-testid="queue">
            {items.map((item) => (
              <QueueRow key={item.workItemId} item={item} current={item === opened} />
            ))}
          </ul>
          {opened && (
            <WorkItemPanel
              key={opened.workItemId}
              item={opened}
              onClose={() => open(undefined)}
              onDone={() => {
                announce(text('work.closed'))
                open(items[index + 1] ?? items[index - 1])
              }}
            />
          )}
        </div>
      )}
    </Page>
  )
}

function Filters({ status, type }: { status: Status; type: string | undefined }) {
  const text = useText()
  const nameOf = useCodeNames()
  const navigate = route.useNavigate()
  return (
    <ChipGroup label={text('work.filter')}>
      {STATUSES.map((each) => (
        <ToggleChip
          key={each}
          pressed={each === status}
          onClick={() => navigate({ search: { status: each, ...(type ? { type } : {}) } })}
        >
          {text(`status.work.${each}`)}
        </ToggleChip>
      ))}
      {type && (
        <ToggleChip pressed onClick={() => navigate({ search: { status } })}>
          {text('work.anyKind', { kind: nameOf(`work.type.${type}`) })}
        </ToggleChip>
      )}
    </ChipGroup>
  )
}

function QueueRow({ item, current }: { item: WorkItem; current: boolean }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <li ref={row} className={styles.row} aria-current={current || undefined}>
      <Link to="/work" search={(now) => ({ ...now, item: item.workItemId })} resetScroll={false}>
        {item.customerName || text('work.item')}
      </Link>
      <p>{words.prose(item.reason)}</p>
      <p className={styles.facts}>
        <Chip>{nameOf(`work.type.${item.typeCode}`)}</Chip>
        {item.priorityNumber === '1' && <Chip tone="bad">{text('work.urgent')}</Chip>}
        <span>{item.accountNumber}</span>
        <span>{words.moment(item.createdAt)}</span>
      </p>
    </li>
  )
}
