import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { hasBegun, type LocalDate, localDateAt } from '../../../platform/time.ts'
import {
  agreementsOfAccounts,
  type BillableAgreement,
  getAgreement,
  setFlag,
  startAgreement,
} from '../../agreements/index.ts'
import { type AccountKey, addLog, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { audit, getClient } from '../../identity/index.ts'
import {
  changeAsked,
  deferredItems,
  moveBalance,
  releaseAll,
  settleOldestFirst,
  unsettledItems,
} from '../../receivables/index.ts'
import { addCreditEvent } from '../credit/operations.ts'
import type { Done } from '../done.ts'
import { addProtection } from '../protections/operations.ts'
import { insertBankruptcy, nextBankruptcyNumber, selectBankruptcies } from '../store/bankruptcy.ts'
import { type BankruptcyChapter, bankruptcySubject, type FrozenDebt, prepetitionCents } from './bankruptcy.ts'

export interface BankruptcyInput extends AccountKey, Done {
  caseNumber: string
  chapter: BankruptcyChapter
  /** The court's notice. */
  evidence: string
  filedOn: LocalDate
  logText?: string
}

const FROZEN_KINDS = new Set(['service', 'arrangement', 'item', 'overpayment'])

/**
 * This will file a bankruptcy against a billing account and answer its number: collections stop, service that was cut is
 * reconnected, what arose before the day is owed but not asked for, on an agreement of its own for each that owed it;
 * what comes later is billed as ever. Held deposits stay as they are. Locks the customer. Refuses an account that has a
 * petition already, one without case number or evidence, a day to come.
 */
export async function fileBankruptcy(tx: Tx, input: BankruptcyInput): Promise<number> {
  const { customerId, accountNumber, caseNumber, chapter, evidence, filedOn, logText, now, actor } = input
  await lockCustomers(tx, [customerId])
  await getBillingAccount(tx, input)
  await refuseFiling(tx, input)
  const bankruptcyNumber = await nextBankruptcyNumber(tx, customerId)
  const reason = `Bankruptcy, chapter ${chapter}, case ${caseNumber}`
  const scope = { customerId, accountNumber, kind: 'bankruptcy' as const, evidence, reason }
  const protectionNumber = await addProtection(tx, { ...scope, startDate: filedOn, now, actor })
  const accountingDate = localDateAt(now, (await getClient(tx, clientOf(customerId))).timeZone)
  const dates = { effectiveDate: filedOn, accountingDate }
  await releaseAll(tx, { customerId, accountNumber, ...dates, reason: 'bankruptcy', now, actor })
  const debts = await freeze(tx, { ...input, accountingDate }, bankruptcyNumber)
  const file = { customerId, bankruptcyNumber, accountNumber, caseNumber, chapter, evidence, filedOn }
  await insertBankruptcy(tx, { ...file, protectionNumber, debts, createdAt: now, createdBy: actor.actor })
  const cause = bankruptcySubject(file)
  await addCreditEvent(tx, {
    ...{ customerId, accountNumber, cause, now, actor },
    kind: 'bankruptcy',
    startDate: filedOn,
  })
  const frozenCents = debts.reduce((sum, debt) => sum + debt.amountCents, 0)
  const payload = { customerId, accountNumber, caseNumber, chapter, filedOn, frozenCents }
  const clientId = clientOf(customerId)
  await audit(tx, { clientId, at: now, actor, operation: 'fileBankruptcy', subject: cause, detail: payload })
  await emit(tx, [{ clientId, at: now, type: 'bankruptcy.filed', subject: cause, payload }])
  if (logText) await addLog(tx, { customerId, accountNumber, at: now, actor, kind: 'note', text: logText })
  return bankruptcyNumber
}

async function refuseFiling(tx: Tx, input: BankruptcyInput): Promise<void> {
  const { customerId, accountNumber, caseNumber, filedOn, now } = input
  if (caseNumber.trim() === '')
    throw new Refusal('malformed', 'case_number_missing', 'A bankruptcy needs the case number of the court.')
  if (!hasBegun(filedOn, now))
    throw new Refusal(
      'rule',
      'filed_in_future',
      `${filedOn} has not come; a petition is filed on a day that has.`,
    )
  const present = await selectBankruptcies(tx, customerId)
  if (present.some((one) => one.accountNumber === accountNumber && one.status === 'filed'))
    throw new Refusal(
      'conflict',
      'bankruptcy_filed',
      'A bankruptcy of this account is filed already; dismiss or discharge it first.',
    )
}

/** The petition may be learned of when the books of its day are closed. */
type Freezing = BankruptcyInput & { accountingDate: LocalDate }

async function freeze(tx: Tx, input: Freezing, bankruptcyNumber: number): Promise<FrozenDebt[]> {
  const { customerId, accountNumber, filedOn, now } = input
  const own = await agreementsOfAccounts(tx, [{ customerId, accountNumber }])
  const items = [...(await unsettledItems(tx, [customerId])), ...(await deferredItems(tx, [customerId]))]
  const debts: FrozenDebt[] = []
  for (const agreement of own.filter((one) => FROZEN_KINDS.has(one.kind) && one.debtClass !== 'bankruptcy')) {
    const { agreementId } = agreement
    const flagged = agreement.flags.some((one) => one.flag === 'bankruptcy' && one.endDate === null)
    const reason = `Bankruptcy ${bankruptcyNumber}`
    if (agreement.kind === 'service' && !flagged)
      await setFlag(tx, { customerId, agreementId, flag: 'bankruptcy', startDate: filedOn, reason })
    const ofAgreement = items.filter((item) => item.agreementId === agreementId)
    const amountCents = prepetitionCents(ofAgreement, filedOn)
    if (amountCents === 0) continue
    const frozenAgreementId = await freezeOne(tx, input, { agreement, amountCents, bankruptcyNumber })
    debts.push({ agreementId, frozenAgreementId, amountCents })
  }
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  return debts
}

async function freezeOne(
  tx: Tx,
  { customerId, accountNumber, filedOn, accountingDate, now }: Freezing,
  debt: { agreement: BillableAgreement; amountCents: number; bankruptcyNumber: number },
): Promise<number> {
  const start = { customerId, accountNumber, kind: 'item' as const, debtClass: 'bankruptcy' }
  const agreementId = await startAgreement(tx, { ...start, startDate: filedOn, now })
  const frozen = await getAgreement(tx, { customerId, agreementId })
  const { agreement, amountCents, bankruptcyNumber } = debt
  const reference = `bankruptcy:${bankruptcyNumber}-${agreement.agreementId}`
  const dates = { effectiveDate: filedOn, accountingDate, now }
  const from = { customerId, agreement }
  await moveBalance(tx, { from, to: { customerId, agreement: frozen }, amountCents, reference, ...dates })
  const ask = { customerId, agreement: frozen, reference, amountCents: -amountCents }
  await changeAsked(tx, [ask], dates)
  return agreementId
}
