import type { z } from 'zod'
import { cancelBillRun, pauseBillRun, resumeBillRun, startBillRun } from '../../domain/billing/index.ts'
import { getClient } from '../../domain/identity/index.ts'
import {
  type CycleRecord,
  getRunRecord,
  listCycles,
  listRuns,
  type RunRecord,
} from '../../domain/overview/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type Instant, localDateAt } from '../../platform/time.ts'
import { actorOf } from './act.ts'
import {
  BillCycle,
  BillRun,
  BillRunPath,
  BillRunsQuery,
  ReasonBody,
  StartBillRunBody,
} from './bill-runs.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toInstant, toMoney } from './to-wire.ts'
import { answer, fromPaging, pagedAnswer, toPaged } from './wire.ts'

export const billRunEndpoints = [
  endpoint({
    route: 'GET /billCycles',
    name: 'getBillCycles',
    source: 'own',
    tag: 'Bill Run',
    summary: 'Bill cycles with their windows',
    permission: 'billRun.read',
    scope: 'client',
    reply: answer(BillCycle),
    async handle(_, { tx, caller, now }) {
      const cycles = await listCycles(tx, caller.clientId, now)
      return { responseData: cycles.map(toBillCycle) }
    },
  }),
  endpoint({
    route: 'GET /billRuns',
    name: 'getBillRuns',
    source: 'own',
    tag: 'Bill Run',
    summary: 'Bill runs, latest first',
    permission: 'billRun.read',
    scope: 'client',
    query: BillRunsQuery,
    reply: pagedAnswer(BillRun),
    async handle({ query }, { tx, caller, now }) {
      const page = fromPaging(query)
      const filter = given({ status: query.statusCode, cycleCode: query.billCycleCode })
      const { rows, total } = await listRuns(tx, { clientId: caller.clientId, ...page, ...filter })
      return toPaged(
        rows.map((run) => toBillRun(run, now)),
        total,
        page,
      )
    },
  }),
  endpoint({
    route: 'POST /billRuns',
    name: 'startBillRun',
    source: 'own',
    tag: 'Bill Run',
    summary: 'Bill a window of a cycle',
    permission: 'billRun.manage',
    scope: 'client',
    body: StartBillRunBody,
    reply: answer(BillRun),
    async handle({ body }, context) {
      return { responseData: [await start(body, context)] }
    },
  }),
  endpoint({
    route: 'GET /billRuns/{billRunId}',
    name: 'getBillRun',
    source: 'own',
    tag: 'Bill Run',
    summary: 'A bill run and how far it is',
    permission: 'billRun.read',
    scope: 'client',
    params: BillRunPath,
    reply: answer(BillRun),
    async handle({ params }, { tx, caller, now }) {
      const run = await getRunRecord(tx, caller.clientId, params.billRunId)
      return { responseData: [toBillRun(run, now)] }
    },
  }),
  changing('pause', 'Pause a bill run after the chunks in work', pauseBillRun),
  changing('resume', 'Go on with a paused bill run', resumeBillRun),
  changing('cancel', 'End a bill run; bills it made stay', cancelBillRun),
]

/** The three ways to change a run are alike but for the act. */
function changing(action: 'pause' | 'resume' | 'cancel', summary: string, change: typeof pauseBillRun) {
  return endpoint({
    route: `PUT /billRuns/{billRunId}/${action}`,
    name: `${action}BillRun`,
    source: 'own',
    tag: 'Bill Run',
    summary,
    permission: 'billRun.manage',
    scope: 'client',
    params: BillRunPath,
    body: ReasonBody,
    reply: answer(BillRun),
    async handle({ params, body }, context) {
      const { tx, caller, now, services } = context
      const key = { clientId: caller.clientId, runId: params.billRunId }
      await change(tx, { ...key, now, actor: actorOf(context, body.logText) })
      if (action === 'resume') await services.wakeBillRun(tx, key)
      return { responseData: [toBillRun(await getRunRecord(tx, key.clientId, key.runId), now)] }
    },
  })
}

async function start(
  body: z.output<typeof StartBillRunBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof BillRun>> {
  const { tx, caller, now, services } = context
  const { clientId } = caller
  const { runId } = await startBillRun(tx, {
    clientId,
    cycleCode: body.billCycleCode,
    periodEnd: body.periodEndDate,
    billDate: body.billDate ?? localDateAt(now, (await getClient(tx, clientId)).timeZone),
    mode: body.modeCode ?? 'live',
    now,
    actor: actorOf(context, body.logText),
  })
  await services.wakeBillRun(tx, { clientId, runId })
  return toBillRun(await getRunRecord(tx, clientId, runId), now)
}

function toBillCycle(cycle: CycleRecord): z.input<typeof BillCycle> {
  return {
    billCycleCode: cycle.cycleCode,
    name: cycle.name,
    accountsNumber: String(cycle.accounts),
    windows: cycle.windows.map((window) => ({
      periodEndDate: window.periodEnd,
      opensDate: window.opensOn,
      closesDate: window.closesOn,
      accountingDate: window.accountingDate,
      billedNumber: String(window.billed),
      statusCode: window.status,
    })),
  }
}

function toBillRun(run: RunRecord, now: Instant): z.input<typeof BillRun> {
  const seconds = run.startedAt
    ? Math.max(0, (run.finishedAt ?? now).since(run.startedAt).total('seconds'))
    : 0
  const rate = seconds > 0 ? run.done / seconds : 0
  const left = run.status === 'running' && rate > 0 ? Math.ceil((run.accounts - run.done) / rate) : undefined
  return {
    billRunId: String(run.runId),
    billCycleCode: run.cycleCode,
    billCycleName: run.cycleName,
    periodEndDate: run.periodEnd,
    billDate: run.billDate,
    modeCode: run.mode,
    statusCode: run.status,
    accountsNumber: String(run.accounts),
    doneNumber: String(run.done),
    billedNumber: String(run.billed),
    heldNumber: String(run.held),
    nothingDueNumber: String(run.nothingDue),
    billedAmount: toMoney(run.amountCents),
    accountsPerSecond: rate > 0 ? rate.toFixed(1) : '',
    secondsLeft: left === undefined ? '' : String(left),
    elapsedSeconds: String(Math.round(seconds)),
    requestedBy: run.requestedBy,
    createdAt: toInstant(run.createdAt),
    startedAt: toInstant(run.startedAt),
    finishedAt: toInstant(run.finishedAt),
  }
}
