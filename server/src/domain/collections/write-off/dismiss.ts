import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import { actOnAgreement, type BillableAgreement, clearFlag, getAgreement } from '../../agreements/index.ts'
import { addLog, clientOf, lockCustomers } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import { cancelEntry, itemsOfAgreement, moveBalance, settleOldestFirst } from '../../receivables/index.ts'
import type { Done } from '../done.ts'
import { selectRecovering, selectWriteOffs, updateDismissed } from '../store/write-off.ts'
import { recordRecoveries, undoRecoveries } from './recovery.ts'
import { type WriteOff, writeOffSubject } from './write-off.ts'

/**
 * This will dismiss the write-offs of an agreement: each is mirrored, so that the debt is back where it was, and what was
 * paid of it meanwhile pays it there. Answers the write-offs. Locks the customer. Refuses when nothing of it is written
 * off, a discharge by court, and a day before the write-off.
 */
export async function dismissWriteOff(
  tx: Tx,
  input: Done & {
    customerId: number
    agreementId: number
    dismissalDate: LocalDate
    reason?: string
    logText?: string
  },
): Promise<number[]> {
  const { customerId, agreementId, dismissalDate: day, reason = 'dismissed', logText, now, actor } = input
  await lockCustomers(tx, [customerId])
  const agreement = await getAgreement(tx, { customerId, agreementId })
  const all = await selectWriteOffs(tx, [customerId])
  const own = all.filter(
    (one) => one.agreementId === agreementId && one.status === 'active' && one.kind === 'debt',
  )
  if (own.length === 0)
    throw new Refusal('conflict', 'write_off_absent', 'Nothing of this account is written off.')
  if (own.some((one) => day < one.writtenOffOn))
    throw new Refusal(
      'rule',
      'dismissal_before_write_off',
      `It was written off on ${own[0]?.writtenOffOn}; dismiss it then or later.`,
    )
  if (agreement.status === 'closed') await actOnAgreement(tx, { customerId, agreementId, action: 'reopen' })
  for (const writeOff of own) await dismissOne(tx, agreement, writeOff, { day, reason, now, actor })
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  const flag = agreement.flags.find((one) => one.flag === 'write_off' && one.endDate === null)
  if (flag) {
    const endDate = day > flag.startDate ? day : addDays(flag.startDate, 1)
    await clearFlag(tx, { customerId, agreementId, flag: 'write_off', endDate })
  }
  const { accountNumber } = agreement
  if (logText)
    await addLog(tx, { customerId, agreementId, accountNumber, at: now, actor, kind: 'note', text: logText })
  return own.map((one) => one.writeOffId)
}

async function dismissOne(
  tx: Tx,
  agreement: BillableAgreement,
  writeOff: WriteOff,
  { day, reason, now, actor }: Done & { day: LocalDate; reason: string },
): Promise<void> {
  const { customerId, writeOffId, entryId, keptAgreementId, agreementId, amountCents } = writeOff
  const dates = { effectiveDate: day, accountingDate: day, now }
  await recordRecoveries(tx, { day, now, actor }, [customerId])
  const known = (await selectRecovering(tx, [customerId])).find((one) => one.writeOffId === writeOffId)
  const paidCents = known?.paidCents ?? 0
  if (known) await undoRecoveries(tx, { day, now, actor }, known)
  await cancelEntry(tx, { customerId, entryId, entryKind: 'write_off_cancel', ...dates })
  if (paidCents > 0 && keptAgreementId !== null) {
    const kept = await getAgreement(tx, { customerId, agreementId: keptAgreementId })
    await moveBalance(tx, {
      from: { customerId, agreement: kept },
      to: { customerId, agreement },
      amountCents: -paidCents,
      reference: dismissalReference(writeOffId),
      ...dates,
    })
  }
  await updateDismissed(tx, writeOff, day, reason)
  const clientId = clientOf(customerId)
  const subject = writeOffSubject(writeOff)
  const payload = { customerId, agreementId, amountCents, paidCents, reason, day }
  await audit(tx, { clientId, at: now, actor, operation: 'dismissWriteOff', subject, detail: payload })
  await emit(tx, [{ clientId, at: now, type: 'write_off.dismissed', subject, payload }])
}

const dismissalReference = (writeOffId: number) => `write_off_dismissal:${writeOffId}`

/**
 * This will move back to its agreement what is owed again of dismissed write-offs because a payment of them was taken
 * back since. Again: nothing more happens. The customers are locked by the caller.
 */
export async function returnDismissed(
  tx: Tx,
  { day, now, actor }: Done & { day: LocalDate },
  customerIds: readonly number[],
): Promise<void> {
  const all = await selectWriteOffs(tx, customerIds)
  for (const writeOff of all.filter((one) => one.status === 'dismissed')) {
    const { customerId, writeOffId, agreementId, keptAgreementId } = writeOff
    if (keptAgreementId === null) continue
    const items = await itemsOfAgreement(tx, customerId, keptAgreementId)
    const own = items.filter(({ reference }) => reference === dismissalReference(writeOffId))
    const amountCents = own.reduce((sum, item) => sum + Math.max(0, item.unsettledCents), 0)
    if (amountCents === 0) continue
    const agreement = await getAgreement(tx, { customerId, agreementId })
    if (agreement.status === 'closed') await actOnAgreement(tx, { customerId, agreementId, action: 'reopen' })
    const kept = await getAgreement(tx, { customerId, agreementId: keptAgreementId })
    const parties = { from: { customerId, agreement: kept }, to: { customerId, agreement } }
    const reference = `write_off_returned:${writeOffId}-${items.length}`
    const dates = { effectiveDate: day, accountingDate: day, dueDate: day, now }
    await moveBalance(tx, { ...parties, amountCents, reference, ...dates })
    await settleOldestFirst(tx, { customerIds: [customerId], now })
    const subject = writeOffSubject(writeOff)
    const act = { clientId: clientOf(customerId), at: now, actor, operation: 'returnDismissed', subject }
    await audit(tx, { ...act, detail: { agreementId, amountCents } })
  }
}
