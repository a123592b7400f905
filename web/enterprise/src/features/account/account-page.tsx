import { Page, Placeholder, ProblemNotice, TabLinks } from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useRecent } from '../../app/recents.ts'
import { addressLine } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { AccountHeader } from './account-header.tsx'
import { overviewQuery } from './account-queries.ts'
import { AttentionStrip } from './attention-strip.tsx'
import { BillsTab } from './bills-tab.tsx'
import { MoneyTab } from './money/money-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { PlanTab } from './plan-tab.tsx'
import { TimelineTab } from './timeline-tab.tsx'
import { UsageTab } from './usage-tab.tsx'

const route = getRouteApi('/accounts/$accountKey')

const TABS = {
  overview: OverviewTab,
  bills: BillsTab,
  money: MoneyTab,
  usage: UsageTab,
  plan: PlanTab,
  timeline: TimelineTab,
} as const
type Tab = keyof typeof TABS

/** Everything about one service account on one screen. */
export function AccountPage() {
  const text = useText()
  const { accountKey } = route.useParams()
  const { tab: asked } = route.useSearch()
  const tab: Tab = asked && asked in TABS ? (asked as Tab) : 'overview'
  const overview = useQuery(overviewQuery(accountKey))
  const name = overview.data?.customerName ?? accountKey
  useRecent(
    overview.data && {
      title: name,
      subtitle: `${accountKey} · ${addressLine(overview.data.serviceAddress)}`,
      href: `/accounts/${accountKey}`,
    },
  )
  const title = text('account.title', { name, tab: text(`account.tab.${tab}`) })
  if (overview.error)
    return (
      <Page title={title} heading={accountKey}>
        <ProblemNotice
          what={text('account.problem')}
          error={overview.error}
          retry={() => overview.refetch()}
        />
      </Page>
    )
  const Content = TABS[tab]
  return (
    <Page title={title} bare>
      {overview.data ? <AccountHeader account={overview.data} /> : <HeaderPlaceholder name={name} />}
      <AttentionStrip accountKey={accountKey} />
      <TabLinks
        label={text('account.tabs')}
        current={tab}
        tabs={(Object.keys(TABS) as Tab[]).map((id) => ({
          id,
          link: (props) => (
            <Link
              to="/accounts/$accountKey"
              params={{ accountKey }}
              search={{ tab: id }}
              resetScroll={false}
              {...props}
            >
              {text(`account.tab.${id}`)}
            </Link>
          ),
        }))}
      />
      {overview.data ? (
        <Content account={overview.data} accountKey={accountKey} />
      ) : (
        <Placeholder height={240} />
      )}
    </Page>
  )
}

function HeaderPlaceholder({ name }: { name: string }) {
  return (
    <div>
      <h1 className="visually-hidden">{name}</h1>
      <Placeholder height={152} />
    </div>
  )
}
