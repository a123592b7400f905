import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { hasBegun, type LocalDate } from '../../../platform/time.ts'
import {
  type Agreement,
  agreementsOfAccounts,
  type BillableAgreement,
  getAgreement,
  setFlag,
  startAgreement,
} from '../../agreements/index.ts'
import { addLog, clientOf, lockCustomers } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import { LEDGER } from '../../ledger/index.ts'
import { balances, postMoves, releaseAll, settleOldestFirst } from '../../receivables/index.ts'
import { addCreditEvent } from '../credit/operations.ts'
import { stageOf } from '../debt/arrears.ts'
import type { Done } from '../done.ts'
import { recordCommand } from '../processes/command.ts'
import { insertWriteOff, nextWriteOffId } from '../store/write-off.ts'
import { writeOffSubject } from './write-off.ts'

/**
 * This will write off by command what a stopped agreement owes, through a process completed the same day, and answer the
 * write-off's id. Locks the customer. Refuses an agreement that has service, is no debt of service or owes nothing, debt
 * that a court has frozen, a day to come.
 */
export async function writeOffAgreement(
  tx: Tx,
  input: Done & { customerId: number; agreementId: number; writeOffDate: LocalDate; logText?: string },
): Promise<number> {
  const { customerId, agreementId, writeOffDate: day, logText, now, actor } = input
  await lockCustomers(tx, [customerId])
  const agreement = await getAgreement(tx, { customerId, agreementId })
  if (!hasBegun(day, now))
    throw new Refusal('rule', 'write_off_in_future', `${day} has not come; write off on a day that has.`)
  refuseUnfit(agreement)
  const owedCents = await payoff(tx, agreement, day)
  if (owedCents <= 0) throw nothingOwed()
  const { accountNumber, debtClass } = agreement
  const debt = { customerId, accountNumber, debtClass, stage: stageOf(agreement, false) }
  const processId = await recordCommand(tx, {
    ...debt,
    amountCents: owedCents,
    kind: 'write_off',
    day,
    now,
    actor,
  })
  const writeOffId = await postWriteOff(tx, { agreement, processId, day, now, actor })
  if (writeOffId === undefined) throw nothingOwed()
  if (logText)
    await addLog(tx, { customerId, agreementId, accountNumber, at: now, actor, kind: 'note', text: logText })
  return writeOffId
}

function refuseUnfit(agreement: BillableAgreement): void {
  if (agreement.kind === 'write_off')
    throw new Refusal('rule', 'write_off_kind', 'This debt is written off already.')
  if (agreement.debtClass === 'bankruptcy')
    throw new Refusal(
      'rule',
      'debt_frozen',
      'A court has frozen this debt; discharge the bankruptcy instead.',
    )
  const stopped = ['stopped', 'closed', 'reopened'].includes(agreement.status)
  if (agreement.kind === 'service' && !stopped)
    throw new Refusal(
      'conflict',
      'agreement_not_stopped',
      'Only the debt of service that has ended is written off; stop it first.',
    )
}

function nothingOwed(): Refusal {
  return new Refusal('rule', 'nothing_owed', 'This account owes nothing that could be written off.')
}

async function payoff(tx: Tx, { customerId, agreementId }: Agreement, day: LocalDate): Promise<number> {
  const all = await balances(tx, [customerId], day)
  return all.find((one) => one.agreementId === agreementId)?.payoffCents ?? 0
}

interface Posting extends Done {
  agreement: BillableAgreement
  processId: number | null
  day: LocalDate
}

/**
 * This will post the write-off of all that an agreement owes: bad debt on one side, debt that is still collectable on the
 * account's write-off agreement on the other, in one entry. Answers its id; undefined when nothing is owed. The customer
 * is locked by the caller.
 */
export async function postWriteOff(tx: Tx, input: Posting): Promise<number | undefined> {
  const { agreement, processId, day, now, actor } = input
  const { customerId, agreementId, accountNumber } = agreement
  const dates = { effectiveDate: day, accountingDate: day }
  await releaseAll(tx, { customerId, agreementId, ...dates, reason: 'write_off', now, actor })
  const amountCents = await payoff(tx, agreement, day)
  if (amountCents <= 0) return undefined
  const kept = await keptAgreement(tx, input)
  const writeOffId = await nextWriteOffId(tx, customerId)
  const move = { customerId, entryKind: 'write_off' as const, reference: `write_off:${writeOffId}`, ...dates }
  const changes = [
    { agreement, otherCode: LEDGER.writeOffExpense, amountCents: -amountCents },
    { agreement: kept, otherCode: LEDGER.writeOffAllowance, amountCents, dueDate: day },
  ]
  const [posted] = await postMoves(tx, [{ ...move, changes }], now)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  const row = {
    customerId,
    writeOffId,
    accountNumber,
    agreementId,
    keptAgreementId: kept.agreementId,
    processId,
  }
  const written = { kind: 'debt' as const, amountCents, writtenOffOn: day, entryId: posted?.entryId ?? 0 }
  await insertWriteOff(tx, { ...row, ...written, createdAt: now, createdBy: actor.actor })
  const open = agreement.flags.some((one) => one.flag === 'write_off' && one.endDate === null)
  if (!open)
    await setFlag(tx, {
      customerId,
      agreementId,
      flag: 'write_off',
      startDate: day,
      reason: `Write-off ${writeOffId}`,
    })
  const subject = writeOffSubject(row)
  await addCreditEvent(tx, {
    customerId,
    accountNumber,
    kind: 'write_off',
    cause: subject,
    startDate: day,
    now,
    actor,
  })
  const payload = {
    customerId,
    accountNumber,
    agreementId,
    keptAgreementId: kept.agreementId,
    amountCents,
    day,
  }
  const clientId = clientOf(customerId)
  await audit(tx, { clientId, at: now, actor, operation: 'writeOff', subject, detail: payload })
  await emit(tx, [{ clientId, at: now, type: 'debt.written_off', subject, payload }])
  return writeOffId
}

/** The account's agreement of debt that was written off and is still owed. */
async function keptAgreement(tx: Tx, { agreement, day, now }: Posting): Promise<Agreement> {
  const { customerId, accountNumber } = agreement
  const own = await agreementsOfAccounts(tx, [{ customerId, accountNumber }])
  const present = own.find((one) => one.kind === 'write_off' && one.status === 'active')
  if (present) return present
  const start = { customerId, accountNumber, kind: 'write_off' as const, debtClass: 'written_off' }
  const agreementId = await startAgreement(tx, { ...start, startDate: day, now })
  return getAgreement(tx, { customerId, agreementId })
}
