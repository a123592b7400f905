import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import { actOnAgreement, agreementsOfAccounts, clearFlag, getAgreement } from '../../agreements/index.ts'
import { type AccountKey, addLog, clientOf, lockCustomers } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import { LEDGER } from '../../ledger/index.ts'
import {
  balances,
  changeAsked,
  deferredItems,
  itemsOfAgreement,
  moveBalance,
  postMoves,
  settleOldestFirst,
} from '../../receivables/index.ts'
import type { Done } from '../done.ts'
import { endProtection } from '../protections/operations.ts'
import { selectBankruptcies, updateClosed } from '../store/bankruptcy.ts'
import { insertWriteOff, nextWriteOffId } from '../store/write-off.ts'
import { type Bankruptcy, bankruptcySubject, type FrozenDebt } from './bankruptcy.ts'

type Closing = AccountKey & Done & { day: LocalDate; logText?: string }

/**
 * This will dismiss the bankruptcy of a billing account: what is left of the frozen debt is back where it was, asked for
 * and due that day, and may be collected. Answers the bankruptcy's number. Locks the customer. Refuses when none is filed.
 */
export async function dismissBankruptcy(
  tx: Tx,
  input: AccountKey & Done & { dismissalDate: LocalDate; logText?: string },
): Promise<number> {
  const closing = { ...input, day: input.dismissalDate }
  return close(tx, closing, 'dismissed', (debt, bankruptcy) => giveBack(tx, closing, bankruptcy, debt))
}

/**
 * This will discharge the bankruptcy of a billing account: what is left of the frozen debt is bad debt, and the customer
 * no longer owes it. Answers the bankruptcy's number. Locks the customer. Refuses when none is filed.
 */
export async function dischargeBankruptcy(
  tx: Tx,
  input: AccountKey & Done & { dischargeDate: LocalDate; logText?: string },
): Promise<number> {
  const closing = { ...input, day: input.dischargeDate }
  return close(tx, closing, 'discharged', (debt, bankruptcy) => discharge(tx, closing, bankruptcy, debt))
}

async function close(
  tx: Tx,
  input: Closing,
  status: 'dismissed' | 'discharged',
  act: (debt: FrozenDebt, bankruptcy: Bankruptcy) => Promise<void>,
): Promise<number> {
  const { customerId, accountNumber, day, logText, now, actor } = input
  await lockCustomers(tx, [customerId])
  const bankruptcy = (await selectBankruptcies(tx, customerId)).find(
    (one) => one.accountNumber === accountNumber && one.status === 'filed',
  )
  if (!bankruptcy)
    throw new Refusal('conflict', 'bankruptcy_absent', 'No bankruptcy of this account is filed.')
  if (day < bankruptcy.filedOn)
    throw new Refusal(
      'rule',
      'closed_before_filed',
      `The petition was filed on ${bankruptcy.filedOn}; it ends then or later.`,
    )
  for (const debt of bankruptcy.debts) await act(debt, bankruptcy)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  await updateClosed(tx, bankruptcy, status, day)
  await clearFlags(tx, input)
  const { protectionNumber } = bankruptcy
  await endProtection(tx, { customerId, protectionNumber, endDate: day, now, actor })
  const clientId = clientOf(customerId)
  const subject = bankruptcySubject(bankruptcy)
  const payload = { customerId, accountNumber, caseNumber: bankruptcy.caseNumber, status, day }
  const operation = status === 'dismissed' ? 'dismissBankruptcy' : 'dischargeBankruptcy'
  await audit(tx, { clientId, at: now, actor, operation, subject, detail: payload })
  await emit(tx, [{ clientId, at: now, type: `bankruptcy.${status}`, subject, payload }])
  if (logText) await addLog(tx, { customerId, accountNumber, at: now, actor, kind: 'note', text: logText })
  return bankruptcy.bankruptcyNumber
}

/**
 * This will end for good what is frozen again after its bankruptcy was over, because a payment of the trustee came back:
 * as the bankruptcy ended, so does that. Again: nothing more happens. The customers are locked by the caller.
 */
export async function endFrozenAgain(
  tx: Tx,
  input: Done & { customerIds: readonly number[]; day: LocalDate },
): Promise<void> {
  const { customerIds, day, now, actor } = input
  const frozen = (await deferredItems(tx, customerIds)).filter((item) => item.debtClass === 'bankruptcy')
  for (const customerId of new Set(frozen.map((item) => item.customerId))) {
    const over = (await selectBankruptcies(tx, customerId)).filter(({ status }) => status !== 'filed')
    for (const bankruptcy of over) {
      const closing = { customerId, accountNumber: bankruptcy.accountNumber, day, now, actor }
      const act = bankruptcy.status === 'dismissed' ? giveBack : discharge
      for (const debt of bankruptcy.debts) await act(tx, closing, bankruptcy, debt)
    }
    await settleOldestFirst(tx, { customerIds: [customerId], now })
  }
}

/** What is frozen is asked for again; answers what is left when payments of the trustee are taken off. */
async function thaw(
  tx: Tx,
  { customerId, day, now }: Closing,
  { bankruptcyNumber }: Bankruptcy,
  { frozenAgreementId }: FrozenDebt,
) {
  const agreement = await getAgreement(tx, { customerId, agreementId: frozenAgreementId })
  const frozen = (await deferredItems(tx, [customerId])).filter(
    (one) => one.agreementId === frozenAgreementId,
  )
  const amountCents = frozen.reduce((sum, item) => sum + item.unsettledCents, 0)
  const dates = { effectiveDate: day, accountingDate: day, now }
  const all = await itemsOfAgreement(tx, customerId, frozenAgreementId)
  const last = Math.max(0, ...all.map((item) => item.itemId))
  const reference = `bankruptcy_end:${bankruptcyNumber}-${frozenAgreementId}-${last}`
  if (amountCents !== 0) await changeAsked(tx, [{ customerId, agreement, reference, amountCents }], dates)
  const owed = await balances(tx, [customerId], day)
  const leftCents = owed.find((one) => one.agreementId === frozenAgreementId)?.payoffCents ?? 0
  return { agreement, leftCents, reference, dates }
}

async function giveBack(tx: Tx, input: Closing, bankruptcy: Bankruptcy, debt: FrozenDebt): Promise<void> {
  const { customerId, day } = input
  const { agreement: frozen, leftCents, reference, dates } = await thaw(tx, input, bankruptcy, debt)
  if (leftCents === 0) return
  const { agreementId } = debt
  const agreement = await getAgreement(tx, { customerId, agreementId })
  if (agreement.status === 'closed') await actOnAgreement(tx, { customerId, agreementId, action: 'reopen' })
  const parties = { from: { customerId, agreement: frozen }, to: { customerId, agreement } }
  await moveBalance(tx, { ...parties, amountCents: leftCents, reference, dueDate: day, ...dates })
}

async function discharge(tx: Tx, input: Closing, bankruptcy: Bankruptcy, debt: FrozenDebt): Promise<void> {
  const { customerId, accountNumber, day, now, actor } = input
  const { agreement, leftCents, dates } = await thaw(tx, input, bankruptcy, debt)
  if (leftCents <= 0) return
  const writeOffId = await nextWriteOffId(tx, customerId)
  const { effectiveDate, accountingDate } = dates
  const move = {
    customerId,
    entryKind: 'write_off' as const,
    reference: `write_off:${writeOffId}`,
    effectiveDate,
    accountingDate,
  }
  const changes = [{ agreement, otherCode: LEDGER.writeOffExpense, amountCents: -leftCents }]
  const [posted] = await postMoves(tx, [{ ...move, changes }], now)
  await insertWriteOff(tx, {
    ...{ customerId, writeOffId, accountNumber, agreementId: agreement.agreementId, keptAgreementId: null },
    ...{ processId: null, kind: 'discharge', amountCents: leftCents, writtenOffOn: day },
    entryId: posted?.entryId ?? 0,
    createdAt: now,
    createdBy: actor.actor,
  })
}

async function clearFlags(tx: Tx, { customerId, accountNumber, day }: Closing): Promise<void> {
  for (const { agreementId, flags } of await agreementsOfAccounts(tx, [{ customerId, accountNumber }])) {
    const flag = flags.find((one) => one.flag === 'bankruptcy' && one.endDate === null)
    if (!flag) continue
    const endDate = day > flag.startDate ? day : addDays(flag.startDate, 1)
    await clearFlag(tx, { customerId, agreementId, flag: 'bankruptcy', endDate })
  }
}
