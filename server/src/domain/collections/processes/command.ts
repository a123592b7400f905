import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import type { Stage } from '../debt/arrears.ts'
import type { Done } from '../done.ts'
import type { StepKind } from '../paths/path.ts'
import { insertProcess, insertSteps } from '../store/process.ts'
import { processSubject } from './process.ts'

/** This will write down an act by command as a process of one step, begun and completed on its day. */
export async function recordCommand(
  tx: Tx,
  input: Done & {
    customerId: number
    accountNumber: number
    debtClass: string
    stage: Stage
    amountCents: Cents
    kind: StepKind
    day: LocalDate
  },
): Promise<number> {
  const { customerId, accountNumber, debtClass, stage, amountCents, kind, day, now, actor } = input
  const process = { customerId, accountNumber, debtClass, stage, pathCode: 'command', arrearsDate: day }
  const begun = {
    arrearsCents: amountCents,
    releaseCents: 0,
    startedOn: day,
    createdAt: now,
    createdBy: actor.actor,
  }
  const ended = { endedOn: day, endReason: 'written_off' as const }
  const processId = await insertProcess(tx, { ...process, ...begun }, ended)
  await insertSteps(tx, [
    {
      ...{ customerId, processId, stepNumber: 1, kind, countsFrom: 'start', afterStep: null, days: 0 },
      ...{
        workDays: false,
        onWorkDay: false,
        template: null,
        amountCents: null,
        noticeDays: null,
        points: null,
      },
      ...{
        status: 'complete',
        dueDate: day,
        waitingFor: null,
        doneOn: day,
        askedCents: amountCents,
        result: {},
      },
    },
  ])
  const subject = processSubject({ customerId, processId })
  const detail = { kind, accountNumber, debtClass, amountCents }
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'collectByCommand',
    subject,
    detail,
  })
  return processId
}
