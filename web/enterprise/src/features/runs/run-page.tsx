import {
  addDays,
  Card,
  type Column,
  DataTable,
  EmptyState,
  Page,
  Placeholder,
  ProblemNotice,
} from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { BillRun, WorkItem } from '../../api/client.gen.ts'
import { useActorName } from '../../app/actor.ts'
import { accountKey } from '../../app/keys.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { RunActions } from './run-actions.tsx'
import { RunFunnel } from './run-funnel.tsx'
import { RunProgress } from './run-progress.tsx'
import { heldQuery, isMoving, runQuery } from './run-queries.ts'
import { RunStatusChip } from './run-status-chip.tsx'
import styles from './runs.module.css'

const route = getRouteApi('/runs/$billRunId')

/** One run, live. */
export function RunPage() {
  const text = useText()
  const { billRunId } = route.useParams()
  const run = useQuery(runQuery(billRunId))
  return (
    <Page
      title={text('run.title', { number: billRunId })}
      lead={run.data && <RunLead run={run.data} />}
      actions={run.data && <RunActions run={run.data} />}
    >
      {run.error && !run.data && (
        <ProblemNotice what={text('run.problem')} error={run.error} retry={() => run.refetch()} />
      )}
      {run.isLoading && <Placeholder height={160} lines={2} />}
      {run.data && (
        <>
          <Card>
            <RunProgress run={run.data} />
          </Card>
          <Card title={text('run.funnel')}>
            <RunFunnel run={run.data} />
          </Card>
          <Card>
            <Held run={run.data} />
          </Card>
        </>
      )}
    </Page>
  )
}

function RunLead({ run }: { run: BillRun }) {
  const text = useText()
  const words = useWords()
  const actorName = useActorName()
  return (
    <span className={styles.lead}>
      {text('run.lead', {
        cycle: run.billCycleName || run.billCycleCode,
        through: words.day(addDays(run.periodEndDate, -1)),
        billDate: words.day(run.billDate),
        user: actorName(run.requestedBy),
      })}
      <RunStatusChip status={run.statusCode} />
      {run.modeCode === 'trial' && text('start.trial')}
    </span>
  )
}

function Held({ run }: { run: BillRun }) {
  const text = useText()
  const words = useWords()
  const held = useQuery({ ...heldQuery(run.billRunId), refetchInterval: isMoving(run) ? 2000 : false })
  const columns: Column<WorkItem>[] = [
    {
      id: 'account',
      header: text('account.number'),
      value: (item) => item.accountNumber,
      cell: (item) =>
        item.accountNumber ? (
          <Link to="/accounts/$accountKey" params={{ accountKey: accountKey(item) }}>
            {item.accountNumber}
          </Link>
        ) : (
          item.customerName
        ),
    },
    { id: 'customer', header: text('account.customer'), value: (item) => item.customerName },
    { id: 'reason', header: text('work.reason'), value: (item) => words.prose(item.reason) },
    { id: 'remedy', header: text('work.remedy'), value: (item) => words.prose(item.remedy) },
    {
      id: 'item',
      header: text('work.item'),
      value: (item) => item.workItemId,
      cell: (item) => (
        <Link to="/work" search={{ item: item.workItemId }}>
          {text('attention.workItem')}
        </Link>
      ),
    },
  ]
  if (held.error)
    return <ProblemNotice what={text('run.held.problem')} error={held.error} retry={() => held.refetch()} />
  return (
    <DataTable
      caption={text('run.heldList')}
      columns={columns}
      rows={held.data ?? []}
      rowKey={(item) => item.workItemId}
      csvName={`run-${run.billRunId}-held`}
      empty={
        <EmptyState icon="good" title={text('run.held.none')}>
          <p>{text('run.held.none.what')}</p>
        </EmptyState>
      }
    />
  )
}
