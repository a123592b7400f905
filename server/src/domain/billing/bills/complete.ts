import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import { emit } from '../../../platform/outbox.ts'
import { addDays, type Instant, type LocalDate } from '../../../platform/time.ts'
import type { BillableAgreement } from '../../agreements/index.ts'
import type { BillingAccount } from '../../customers/index.ts'
import {
  applyOverpayments,
  type OpenItem,
  settleOldestFirst,
  showOnBill,
  unbilledItems,
  unsettledItems,
} from '../../receivables/index.ts'
import { type ChargeDraft, type PostableCharge, postCharges, recordCharges } from '../charges/freeze.ts'
import { invoiceNewCharges } from '../charges/invoice.ts'
import type { PricedCharge } from '../pricing/pricing.ts'
import { insertBills, insertRoutings, selectLastBills } from '../store/bill.ts'
import * as charges from '../store/charge.ts'
import { type Bill, type BillRouting, billSubject } from './bill.ts'

/** An account that can be billed: everything on it is priced. */
export interface AccountToBill {
  account: BillingAccount
  agreements: readonly BillableAgreement[]
  priced: readonly PricedCharge[]
}

export interface CompletionContext {
  clientId: number
  billDate: LocalDate
  accountingDate: LocalDate
  runId?: number
  now: Instant
}

/** A bill in the making, and what it will show beside the new charges. */
interface BillDraft extends AccountToBill {
  bill: Bill
  items: OpenItem[]
  stored: charges.UnbilledCharge[]
  /** Some credit waits for a debt to pay. */
  hasCredit: boolean
}

/**
 * This will bill accounts, all in this transaction: charges are recorded and posted, what happened since the last bill
 * is shown, credits pay the oldest debt, copies are routed and an event leaves. The customers are locked by the caller.
 * Accounts without a charge of their own (all billed by the utility) get their charges, but no bill.
 */
export async function completeBills(
  tx: Tx,
  context: CompletionContext,
  accounts: readonly AccountToBill[],
): Promise<Bill[]> {
  const drafts = await draftBills(tx, context, accounts)
  await insertBills(
    tx,
    drafts.map((draft) => draft.bill),
  )
  const posting = { ...context, effectiveDate: context.billDate }
  const own = drafts.flatMap(chargesOfBill)
  const market = accounts.flatMap(({ priced }) =>
    priced.filter((charge) => !isOnOurBill(charge.agreement)).map((charge) => ({ priced: charge })),
  )
  const keys = await recordCharges(tx, posting, [...own, ...market])
  await invoiceNewCharges(tx, posting, market, keys.slice(own.length))
  await showStored(tx, posting, drafts)
  await payDebts(tx, posting, drafts)
  await insertRoutings(tx, drafts.flatMap(routingsOf))
  await emit(
    tx,
    drafts.map(({ bill }) => completedEvent(context, bill)),
  )
  return drafts.map((draft) => draft.bill)
}

/** This will say whether an agreement is asked for on our own bill, or by the utility on its bill. */
export function isOnOurBill(agreement: Pick<BillableAgreement, 'billMethod'>): boolean {
  return agreement.billMethod === 'utility' || agreement.billMethod === 'dual'
}

async function draftBills(
  tx: Tx,
  context: CompletionContext,
  accounts: readonly AccountToBill[],
): Promise<BillDraft[]> {
  const customerIds = [...new Set(accounts.map(({ account }) => account.customerId))]
  const next = await numbersAfter(tx, 'bill', 'bill_id', customerIds)
  const unsettled = Map.groupBy(await unsettledItems(tx, customerIds), agreementOf)
  const unbilled = Map.groupBy(await unbilledItems(tx, customerIds), agreementOf)
  const stored = Map.groupBy(await charges.selectUnbilledCharges(tx, customerIds), agreementOf)
  const previous = new Map(
    (await selectLastBills(tx, customerIds)).map((last) => [accountOf(last), last.amountDueCents]),
  )
  return accounts.flatMap((toBill) => {
    const own = toBill.agreements.filter(isOnOurBill)
    const waiting = own.flatMap((agreement) => stored.get(agreementOf(agreement)) ?? [])
    const priced = toBill.priced.filter((charge) => isOnOurBill(charge.agreement))
    if (priced.length === 0 && waiting.every((charge) => charge.status === 'cancelled')) return []
    const items = own.flatMap((agreement) => unbilled.get(agreementOf(agreement)) ?? [])
    const owed = own.flatMap((agreement) => unsettled.get(agreementOf(agreement)) ?? [])
    const previousCents = previous.get(accountOf(toBill.account)) ?? 0
    const figures = {
      priced,
      waiting,
      owedCents: sumCents(owed.map((item) => item.unsettledCents)),
      previousCents,
    }
    const bill = toBillRow(context, toBill.account, next(toBill.account.customerId), figures)
    const hasCredit =
      owed.some((item) => item.unsettledCents < 0) || priced.some((charge) => charge.rated.amountCents < 0)
    return [{ ...toBill, priced, bill, items, stored: waiting, hasCredit }]
  })
}

const agreementOf = (row: { customerId: number; agreementId: number }) =>
  `${row.customerId}-${row.agreementId}`
const accountOf = (row: { customerId: number; accountNumber: number }) =>
  `${row.customerId}-${row.accountNumber}`

function toBillRow(
  context: CompletionContext,
  account: BillingAccount,
  billId: number,
  figures: {
    priced: readonly PricedCharge[]
    waiting: readonly charges.UnbilledCharge[]
    owedCents: Cents
    previousCents: Cents
  },
): Bill {
  const { priced, waiting, owedCents, previousCents } = figures
  const live = waiting.filter((charge) => charge.status !== 'cancelled')
  const unposted = live.filter((charge) => charge.status === 'freezable')
  const fresh = sumCents(priced.map((charge) => charge.rated.amountCents))
  const chargesCents = fresh + sumCents(live.map((charge) => charge.amountCents))
  const amountDueCents = owedCents + fresh + sumCents(unposted.map((charge) => charge.amountCents))
  const starts = [...priced.map(({ period }) => period.start), ...live.map((charge) => charge.startDate)]
  const ends = [...priced.map(({ period }) => period.end), ...live.map((charge) => charge.endDate)]
  return {
    customerId: account.customerId,
    billId,
    accountNumber: account.accountNumber,
    status: 'complete',
    billDate: context.billDate,
    dueDate: addDays(context.billDate, account.dueDays),
    startDate: starts.sort()[0] ?? context.billDate,
    endDate: ends.sort().at(-1) ?? context.billDate,
    previousCents,
    creditsCents: amountDueCents - previousCents - chargesCents,
    chargesCents,
    amountDueCents,
    language: account.documentLanguage,
    runId: context.runId ?? null,
    replacesBillId: null,
    completedAt: context.now,
  }
}

function chargesOfBill({ bill, priced }: BillDraft): ChargeDraft[] {
  return priced.map((charge) => ({ priced: charge, billId: bill.billId, dueDate: bill.dueDate }))
}

/** Charges priced earlier are posted now if they were not, and with every other waiting item appear on the bill. */
async function showStored(
  tx: Tx,
  context: CompletionContext & { effectiveDate: LocalDate },
  drafts: readonly BillDraft[],
): Promise<void> {
  const waiting = drafts.flatMap(({ bill, stored }) =>
    stored.map((charge) => ({ ...charge, billId: bill.billId })),
  )
  await charges.updateBillOfCharges(tx, waiting, context.now)
  const unposted = waiting.filter((charge) => charge.status === 'freezable')
  const sums = Map.groupBy(
    await charges.selectLedgerSums(tx, unposted),
    (sum) => `${sum.customerId}-${sum.chargeId}`,
  )
  const agreements = new Map(
    drafts.flatMap((draft) => draft.agreements.map((one) => [agreementOf(one), one])),
  )
  const dueDates = new Map(drafts.map(({ bill }) => [`${bill.customerId}-${bill.billId}`, bill.dueDate]))
  const postable = unposted.map((charge): PostableCharge => {
    const agreement = agreements.get(agreementOf(charge))
    if (!agreement) throw new Error(`charge ${charge.customerId}-${charge.chargeId} has no agreement`)
    const dueDate = dueDates.get(`${charge.customerId}-${charge.billId}`)
    const key = { customerId: charge.customerId, chargeId: charge.chargeId, billId: charge.billId }
    return {
      ...key,
      agreement,
      ...(dueDate && { dueDate }),
      sums: sums.get(`${charge.customerId}-${charge.chargeId}`) ?? [],
    }
  })
  await postCharges(tx, context, postable)
  await showOnBill(
    tx,
    drafts.flatMap(({ bill, items }) =>
      items.map(({ customerId, itemId, amountCents }) => ({
        customerId,
        itemId,
        billId: bill.billId,
        dueDate: amountCents > 0 ? bill.dueDate : null,
      })),
    ),
  )
}

async function payDebts(
  tx: Tx,
  context: CompletionContext & { effectiveDate: LocalDate },
  drafts: readonly BillDraft[],
): Promise<void> {
  const withCredit = drafts.filter((draft) => draft.hasCredit)
  if (withCredit.length === 0) return
  const customerIds = [...new Set(withCredit.map(({ bill }) => bill.customerId))]
  const { effectiveDate, accountingDate, now } = context
  await settleOldestFirst(tx, { customerIds, now })
  const bills = new Map(drafts.map(({ bill }) => [accountOf(bill), bill.billId]))
  const billOf = (customerId: number, accountNumber: number) =>
    bills.get(accountOf({ customerId, accountNumber }))
  await applyOverpayments(tx, { customerIds, effectiveDate, accountingDate, now, billOf })
}

function routingsOf({ account, bill }: BillDraft): (Pick<Bill, 'customerId' | 'billId'> & BillRouting)[] {
  if (account.deliveryMethod === 'none') return []
  return [
    {
      customerId: bill.customerId,
      billId: bill.billId,
      routingNumber: 1,
      method: account.deliveryMethod,
      name: account.mailingName,
      address: account.mailingAddress,
      copies: account.copies,
      status: 'waiting',
    },
  ]
}

function completedEvent({ clientId, now }: CompletionContext, bill: Bill) {
  const { customerId, billId, accountNumber, amountDueCents, dueDate } = bill
  const payload = { customerId, billId, accountNumber, amountDueCents, dueDate }
  return { clientId, at: now, type: 'bill.completed', subject: billSubject(bill), payload }
}
