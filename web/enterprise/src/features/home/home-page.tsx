import { Card, EmptyState, formatMoney, Page, Placeholder, ProblemNotice } from '@billwright/kit'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { countText } from '../../app/found.ts'
import { homeQuery, meQuery, nextWorkQuery } from '../../app/queries.ts'
import { recents } from '../../app/recents.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import styles from './home-page.module.css'
import { Tile } from './tile.tsx'

/** What needs me now. Every number is the length of the list that it opens. */
export function HomePage() {
  const text = useText()
  const words = useWords()
  const { data: me } = useSuspenseQuery(meQuery)
  const lead = text('home.lead', { client: me.clientName, today: words.day(me.today) })
  return (
    <Page title={text('nav.home')} heading={text('home.heading')} lead={lead}>
      <Tiles />
      <div className={styles.pair}>
        <NextWork />
        <Recent />
      </div>
    </Page>
  )
}

function Tiles() {
  const text = useText()
  const home = useQuery(homeQuery)
  if (home.error)
    return <ProblemNotice what={text('home.problem')} error={home.error} retry={() => home.refetch()} />
  if (!home.data) return <Placeholder height={112} lines={2} />
  const counts = home.data
  return (
    <section className={styles.tiles} aria-label={text('home.now')}>
      <Tile
        label={text('home.workItems')}
        figure={countText(counts.openWorkItemsNumber)}
        note={text('home.workItems.note')}
        to="/work"
        urgent={counts.openWorkItemsNumber !== '0'}
      />
      <Tile
        label={text('home.windows')}
        figure={countText(counts.windowsDueNumber)}
        note={text('home.windows.note')}
        to="/runs"
      />
      <Tile
        label={text('home.running')}
        figure={countText(counts.runningBillRunsNumber)}
        note={text('home.running.note')}
        to="/runs"
        search={{ status: 'running' }}
      />
      <Tile
        label={text('home.pastDue')}
        figure={formatMoney(counts.pastDueAmount || '0')}
        note={text('home.pastDue.note', { count: Number(counts.pastDueAccountsNumber) })}
      />
      <Tile
        label={text('home.billed')}
        figure={formatMoney(counts.billedLast30DaysAmount || '0')}
        note={text('home.billed.note', {
          count: Number(counts.billsLast30DaysNumber),
          estimated: Number(counts.estimatedBillsLast30DaysNumber),
        })}
      />
      <Tile
        label={text('home.agreements')}
        figure={countText(counts.activeAgreementsNumber)}
        note={text('home.agreements.note')}
      />
    </section>
  )
}

/** The most urgent items, as the queue has them. */
function NextWork() {
  const text = useText()
  const words = useWords()
  const work = useQuery(nextWorkQuery)
  if (work.error)
    return <ProblemNotice what={text('work.problem')} error={work.error} retry={() => work.refetch()} />
  return (
    <Card title={text('home.next')} actions={<Link to="/work">{text('home.next.all')}</Link>}>
      {work.isLoading && <Placeholder height={48} lines={3} />}
      {work.data?.length === 0 && <EmptyState icon="good" title={text('home.next.none')} />}
      <ul className={styles.next}>
        {work.data?.map((item) => (
          <li key={item.workItemId}>
            <Link to="/work" search={{ item: item.workItemId }}>
              {item.customerName || text('work.item')}
            </Link>
            <span>{words.prose(item.reason)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Recent() {
  const text = useText()
  const looked = recents()
  return (
    <Card title={text('home.recent')}>
      {looked.length === 0 && (
        <EmptyState icon="search" title={text('home.recent.none')}>
          <p>{text('home.recent.how')}</p>
        </EmptyState>
      )}
      <ul className={styles.recent}>
        {looked.map((recent) => (
          <li key={recent.href}>
            <a href={recent.href}>{recent.title}</a>
            <span>{recent.subtitle}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
