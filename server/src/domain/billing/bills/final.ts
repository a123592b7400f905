import { type Tx, undone } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { agreementsOfAccounts, type BillableAgreement, getAgreement } from '../../agreements/index.ts'
import { type AccountKey, clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { applyDeposit, releaseAll, settleOldestFirst } from '../../receivables/index.ts'
import { recordCharges } from '../charges/freeze.ts'
import { invoiceNewCharges } from '../charges/invoice.ts'
import { refusalOf } from '../pricing/hold.ts'
import { type PricedAccount, priceAccounts, scopeOfAccount } from '../pricing/price-accounts.ts'
import { isOnOurBill } from './account-to-bill.ts'
import { type Bill, billSubject } from './bill.ts'
import { completeBills } from './complete.ts'

export interface FinalBillInput extends AccountKey {
  /** The agreement that stopped. */
  agreementId: number
  billDate: LocalDate
  accountingDate?: LocalDate
  now: Instant
  actor: Actor
}

/** This will show the last bill of an agreement, through the same steps as the real one, and undo them. */
export function previewFinalBill<Seen>(
  tx: Tx,
  input: FinalBillInput,
  look: (bill: Bill) => Promise<Seen>,
): Promise<Seen> {
  return undone(tx, async () => look(await billFinally(tx, input)))
}

/**
 * This will make the last bill of an agreement that stopped: it is charged up to its end, all that budgets and arrangements
 * had put off is asked for, deposits pay what is owed, and the bill shows it. Other agreements of the account are charged
 * by their own next bill. Refuses an agreement that has not stopped, what stops its pricing, and one with nothing to show.
 */
export async function completeFinalBill(tx: Tx, input: FinalBillInput): Promise<Bill> {
  const bill = await billFinally(tx, input)
  const { customerId, agreementId, now, actor } = input
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'completeFinalBill',
    subject: billSubject(bill),
    detail: { agreementId, amountDueCents: bill.amountDueCents },
  })
  return bill
}

async function billFinally(tx: Tx, input: FinalBillInput): Promise<Bill> {
  const { customerId, agreementId, billDate, accountingDate = billDate, now, actor } = input
  await lockCustomers(tx, [customerId])
  const agreement = await getAgreement(tx, input)
  const { account } = await chargeToTheEnd(tx, agreement, input)
  const dates = { effectiveDate: billDate, accountingDate, now }
  await releaseAll(tx, { customerId, agreementId, ...dates, actor })
  await applyDeposit(tx, { customerId, agreementId, ...dates, actor })
  // Read now: what a deposit leaves may be kept on an agreement of its own.
  const agreements = await agreementsOfAccounts(tx, [input])
  const dated = { clientId: clientOf(customerId), billDate, accountingDate, now }
  const context = { ...dated, kind: 'final' as const, withoutCharges: true }
  const [bill] = await completeBills(tx, context, [{ account, agreements, priced: [] }])
  if (bill) return bill
  throw new Refusal(
    'conflict',
    'nothing_to_bill',
    `The agreement is charged up to ${agreement.endDate} and owes nothing that no bill has shown.`,
  )
}

/** What is charged is posted now, so that deposits can pay it; the bill shows it. */
async function chargeToTheEnd(
  tx: Tx,
  agreement: BillableAgreement,
  input: FinalBillInput,
): Promise<PricedAccount> {
  const { customerId, accountNumber, agreementId, billDate, accountingDate = billDate, now } = input
  const periodEnd = requireStopped(agreement, input)
  const key = { customerId, accountNumber, periodEnd }
  const [account] = await priceAccounts(tx, [key], await scopeOfAccount(tx, key))
  if (!account) throw new Refusal('not_found', 'billing_account_unknown', 'There is no such billing account.')
  const hold = account.holds.find((one) => one.agreementId === undefined || one.agreementId === agreementId)
  if (hold) throw refusalOf(hold)
  const drafts = account.priced
    .filter((charge) => charge.agreement.agreementId === agreementId)
    .map((priced) => ({ priced }))
  const dates = { clientId: clientOf(customerId), effectiveDate: billDate, accountingDate, now }
  const keys = await recordCharges(tx, dates, drafts)
  if (!isOnOurBill(agreement)) await invoiceNewCharges(tx, dates, drafts, keys)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  return account
}

function requireStopped(
  agreement: BillableAgreement,
  { accountNumber, billDate }: FinalBillInput,
): LocalDate {
  const { status, endDate } = agreement
  const stopped = status === 'stopped' || status === 'closed' || status === 'reopened'
  if (stopped && endDate !== null && endDate <= billDate && agreement.accountNumber === accountNumber)
    return endDate
  throw new Refusal(
    'rule',
    'agreement_not_stopped',
    `The agreement is ${status.replace('_', ' ')}${endDate ? ` and runs to ${endDate}` : ''}; stop it before its final bill, which cannot be dated earlier.`,
  )
}
