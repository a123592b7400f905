import { type Tx, undone } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { hasBegun, type Instant, type LocalDate } from '../../platform/time.ts'
import { type AccountKey, clientOf, lockCustomers } from '../customers/index.ts'
import { type Actor, audit } from '../identity/index.ts'
import { settleOldestFirst } from '../receivables/index.ts'
import { type AutopayQuery, isOnOurBill } from './bills/account-to-bill.ts'
import { type Bill, type BillKind, billSubject } from './bills/bill.ts'
import { completeBills } from './bills/complete.ts'
import type { ChargeKey } from './charges/charge.ts'
import { recordCharges } from './charges/freeze.ts'
import { refusalOf } from './pricing/hold.ts'
import { type BillingPolicy, billingPolicy } from './pricing/policy.ts'
import { type PricedAccount, priceAccounts, scopeOfAccount } from './pricing/price-accounts.ts'

export interface AccountBillInput extends AccountKey {
  /** Charges run up to this day (exclusive). */
  periodEnd: LocalDate
  billDate: LocalDate
  accountingDate?: LocalDate
  /** A bill apart from the windows shows also what is no charge: fees, deposits, corrections. */
  kind?: BillKind
  autopayOf?: AutopayQuery
  now: Instant
}

/**
 * This will bill one account now, apart from any run; a bill that was begun or reopened is completed. Refuses: an account
 * that is held, with the first reason; one that has nothing to bill.
 */
export async function completeBill(tx: Tx, input: AccountBillInput & { actor: Actor }): Promise<Bill> {
  const bill = await billAccount(tx, input)
  const { now, actor, customerId } = input
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'completeBill',
    subject: billSubject(bill),
    detail: { amountDueCents: bill.amountDueCents },
  })
  return bill
}

async function billAccount(tx: Tx, input: AccountBillInput): Promise<Bill> {
  const { customerId, billDate, accountingDate = billDate, kind, autopayOf, now } = input
  await lockCustomers(tx, [customerId])
  const account = await priceOne(tx, input)
  const context = {
    clientId: clientOf(customerId),
    billDate,
    accountingDate,
    ...(kind && { kind, withoutCharges: kind !== 'regular' }),
    ...(autopayOf && { autopayOf }),
    now,
  }
  const [bill] = await completeBills(tx, context, [account])
  if (bill) return bill
  throw new Refusal(
    'conflict',
    'nothing_to_bill',
    `Billing account ${input.accountNumber} has nothing to bill up to ${input.periodEnd}; it is charged that far.`,
  )
}

/** Refuses an account that is held; for one agreement only what holds it, or the whole account. */
async function priceOne(
  tx: Tx,
  input: AccountKey & { periodEnd: LocalDate },
  only?: number,
): Promise<PricedAccount> {
  const [account] = await priceAccounts(tx, [input], await scopeOfAccount(tx, input))
  if (!account) throw new Refusal('not_found', 'billing_account_unknown', 'There is no such billing account.')
  const hold = account.holds.find(
    ({ agreementId }) => only === undefined || agreementId === undefined || agreementId === only,
  )
  if (hold) throw refusalOf(hold)
  return account
}

/**
 * This will show the bill that an account would get, through the same steps as the real one, and undo them. `look` sees
 * the bill while it is there. Refuses what `completeBill` refuses.
 */
export async function previewBill<Seen>(
  tx: Tx,
  input: AccountBillInput,
  look: (bill: Bill) => Promise<Seen>,
): Promise<Seen> {
  return undone(tx, async () => look(await billAccount(tx, input)))
}

/**
 * This will charge one agreement now and leave it to the next bill of ours, or make it ready for an invoice to the
 * utility. Frozen with the bill, nothing is posted until then.
 * Returns the charges made. Refuses what stops its pricing, a day still to come, and an agreement charged that far.
 */
export async function chargeAgreement(
  tx: Tx,
  input: {
    customerId: number
    agreementId: number
    accountNumber: number
    periodEnd: LocalDate
    chargedOn: LocalDate
    /** The client's policy when left out. */
    freeze?: BillingPolicy['freeze']
    now: Instant
    actor: Actor
  },
): Promise<ChargeKey[]> {
  const { customerId, agreementId, chargedOn, now, actor } = input
  for (const day of [input.periodEnd, chargedOn]) requireBegun(day, now)
  await lockCustomers(tx, [customerId])
  const clientId = clientOf(customerId)
  const account = await priceOne(tx, input, agreementId)
  const priced = account.priced.filter((charge) => charge.agreement.agreementId === agreementId)
  if (priced.length === 0) {
    throw new Refusal(
      'conflict',
      'nothing_to_charge',
      `The agreement is charged up to ${input.periodEnd} already, or is not billable then.`,
    )
  }
  const context = { clientId, effectiveDate: chargedOn, accountingDate: chargedOn, now }
  const freeze = input.freeze ?? (await billingPolicy(tx, clientId)).freeze
  const drafts = priced.map((charge) => ({
    priced: charge,
    freezable: freeze === 'with_bill' && isOnOurBill(charge.agreement),
  }))
  const keys = await recordCharges(tx, context, drafts)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  const subject = `agreement:${customerId}-${agreementId}`
  const detail = { charges: keys.map((key) => key.chargeId) }
  await audit(tx, { clientId, at: now, actor, operation: 'chargeAgreement', subject, detail })
  return keys
}

function requireBegun(day: LocalDate, now: Instant): void {
  if (hasBegun(day, now)) return
  throw new Refusal('rule', 'charge_in_future', `${day} is still to come; charge up to today at the latest.`)
}
