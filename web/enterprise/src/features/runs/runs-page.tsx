import {
  addDays,
  Button,
  Card,
  type Column,
  DataTable,
  EmptyState,
  Icon,
  Page,
  Placeholder,
  ProblemNotice,
  Progress,
} from '@billwright/kit'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { BillRun } from '../../api/client.gen.ts'
import { meQuery } from '../../app/queries.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { CycleBoard } from './cycle-board.tsx'
import { runsQuery } from './run-queries.ts'
import { RunStatusChip } from './run-status-chip.tsx'
import styles from './runs.module.css'
import { StartRunDialog } from './start-run-dialog.tsx'

const route = getRouteApi('/runs')
const STATUSES: readonly BillRun['statusCode'][] = ['planning', 'running', 'paused', 'complete', 'cancelled']

/** Cycles that wait to be billed, and the runs that were. */
export function RunsPage() {
  const text = useText()
  const { start, status } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: me } = useSuspenseQuery(meQuery)
  const mayStart = me.permissions.includes('billRun.manage')
  const runs = useQuery(runsQuery(STATUSES.find((known) => known === status)))
  return (
    <Page
      title={text('nav.runs')}
      lead={text('runs.lead')}
      actions={
        mayStart && (
          <Button leftSection={<Icon name="play" />} onClick={() => navigate({ search: { start: '1' } })}>
            {text('runs.start')}
          </Button>
        )
      }
    >
      <CycleBoard onStart={mayStart ? (window) => navigate({ search: { start: window } }) : undefined} />
      <Card>
        {runs.error && (
          <ProblemNotice what={text('runs.problem')} error={runs.error} retry={() => runs.refetch()} />
        )}
        {runs.isLoading && <Placeholder height={36} lines={5} />}
        {runs.data && <RunsTable runs={runs.data} />}
      </Card>
      {start && mayStart && <StartRunDialog asked={start} onClose={() => navigate({ search: {} })} />}
    </Page>
  )
}

function RunsTable({ runs }: { runs: readonly BillRun[] }) {
  const text = useText()
  const words = useWords()
  const columns: Column<BillRun>[] = [
    {
      id: 'run',
      header: text('run.number'),
      numeric: false,
      value: (run) => run.billRunId,
      cell: (run) => (
        <Link to="/runs/$billRunId" params={{ billRunId: run.billRunId }}>
          {text('run.title', { number: run.billRunId })}
        </Link>
      ),
    },
    {
      id: 'cycle',
      header: text('run.cycle'),
      value: (run) => run.billCycleCode,
      cell: (run) => run.billCycleName || run.billCycleCode,
    },
    {
      id: 'through',
      header: text('run.through'),
      value: (run) => run.periodEndDate,
      cell: (run) => words.day(addDays(run.periodEndDate, -1)),
    },
    {
      id: 'progress',
      header: text('run.progress'),
      value: (run) => run.doneNumber,
      numeric: true,
      cell: (run) =>
        run.doneNumber === run.accountsNumber ? (
          words.quantity(run.doneNumber)
        ) : (
          <span className={styles.progressCell}>
            <Progress
              label={text('run.progressOf', { number: run.billRunId })}
              done={Number(run.doneNumber)}
              total={Number(run.accountsNumber)}
              paused={run.statusCode === 'paused'}
            />
          </span>
        ),
    },
    {
      id: 'billed',
      header: text('run.billed'),
      numeric: true,
      value: (run) => run.billedNumber,
      cell: (run) => words.quantity(run.billedNumber),
    },
    {
      id: 'held',
      header: text('run.held'),
      numeric: true,
      value: (run) => run.heldNumber,
      cell: (run) => words.quantity(run.heldNumber),
    },
    {
      id: 'amount',
      header: text('run.amount'),
      numeric: true,
      value: (run) => run.billedAmount,
      cell: (run) => words.money(run.billedAmount),
    },
    {
      id: 'status',
      header: text('account.status'),
      value: (run) => run.statusCode,
      cell: (run) => <RunStatusChip status={run.statusCode} />,
    },
  ]
  return (
    <DataTable
      caption={text('runs.title')}
      columns={columns}
      rows={runs}
      rowKey={(run) => run.billRunId}
      csvName="bill-runs"
      empty={
        <EmptyState icon="runs" title={text('runs.none')}>
          <p>{text('runs.none.what')}</p>
        </EmptyState>
      }
    />
  )
}
