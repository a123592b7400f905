import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { customerClasses } from '../../customers/index.ts'
import { applyOverpayments, postBillAsks, settleOldestFirst, showOnBill } from '../../receivables/index.ts'
import { type ChargeDraft, type PostableCharge, postCharges, recordCharges } from '../charges/freeze.ts'
import { invoiceNewCharges } from '../charges/invoice.ts'
import { insertRoutings, saveBills } from '../store/bill.ts'
import { insertMessages, selectTemplates } from '../store/message.ts'
import { updateReleasesUsed } from '../store/tolerance.ts'
import * as charges from '../store/unbilled-charge.ts'
import {
  type AccountToBill,
  accountOf,
  agreementOf,
  type CompletionContext,
  isOnOurBill,
} from './account-to-bill.ts'
import { type Bill, type BillRouting, billSubject } from './bill.ts'
import { type BillDraft, draftBills } from './draft.ts'
import { messagesFor } from './message.ts'

type Posting = CompletionContext & { effectiveDate: LocalDate }

/**
 * This will bill accounts, all in this transaction: charges are recorded and posted, what budgets, deposits and
 * instalments ask for is asked, what happened since the last bill is shown, credits pay the oldest debt, copies are routed
 * and an event leaves. A bill that was begun or reopened is completed under its number. The customers are locked by the
 * caller. Accounts without a charge of their own (all billed by the utility) get their charges, but no bill.
 */
export async function completeBills(
  tx: Tx,
  context: CompletionContext,
  accounts: readonly AccountToBill[],
): Promise<Bill[]> {
  const drafts = await draftBills(tx, context, accounts)
  const bills = drafts.map((draft) => draft.bill)
  await saveBills(
    tx,
    bills,
    drafts.flatMap(({ open }) => open ?? []),
  )
  const posting = { ...context, effectiveDate: context.billDate }
  const own = drafts.flatMap(chargesOfBill)
  const market = accounts.flatMap(({ priced }) =>
    priced.filter((charge) => !isOnOurBill(charge.agreement)).map((charge) => ({ priced: charge })),
  )
  const keys = await recordCharges(tx, posting, [...own, ...market])
  await invoiceNewCharges(tx, posting, market, keys.slice(own.length))
  await showStored(tx, posting, drafts)
  await ask(tx, posting, drafts)
  await payDebts(tx, posting, drafts)
  await insertRoutings(tx, drafts.flatMap(routingsOf))
  await writeMessages(tx, context, drafts)
  await useReleases(tx, drafts)
  await emit(
    tx,
    bills.map((bill) => completedEvent(context, bill)),
  )
  return bills
}

function chargesOfBill({ bill, priced }: BillDraft): ChargeDraft[] {
  return priced.map((charge) => ({ priced: charge, billId: bill.billId, dueDate: bill.dueDate }))
}

/** Charges priced earlier are posted now if they were not, and with every other waiting item appear on the bill. */
async function showStored(tx: Tx, context: Posting, drafts: readonly BillDraft[]): Promise<void> {
  const waiting = drafts.flatMap(({ bill, waiting }) =>
    waiting.map((charge) => ({ ...charge, billId: bill.billId })),
  )
  await charges.updateBillOfCharges(tx, waiting, context.now)
  await postWaiting(tx, context, drafts, waiting)
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

async function postWaiting(
  tx: Tx,
  context: Posting,
  drafts: readonly BillDraft[],
  waiting: readonly (charges.UnbilledCharge & { billId: number })[],
): Promise<void> {
  const unposted = waiting.filter((charge) => charge.status === 'freezable')
  const sums = Map.groupBy(
    await charges.selectLedgerSums(tx, unposted),
    (sum) => `${sum.customerId}-${sum.chargeId}`,
  )
  const agreements = new Map(
    drafts.flatMap((draft) => draft.agreements.map((one) => [agreementOf(one), one])),
  )
  const dueDates = new Map(drafts.map(({ bill }) => [`${bill.customerId}-${bill.billId}`, bill.dueDate]))
  const postable = unposted.map(({ customerId, chargeId, billId, ...charge }): PostableCharge => {
    const agreement = agreements.get(agreementOf({ ...charge, customerId }))
    if (!agreement) throw new Error(`charge ${customerId}-${chargeId} has no agreement`)
    const dueDate = dueDates.get(`${customerId}-${billId}`)
    const own = sums.get(`${customerId}-${chargeId}`) ?? []
    return { customerId, chargeId, billId, agreement, ...(dueDate && { dueDate }), sums: own }
  })
  await postCharges(tx, context, postable)
}

async function ask(tx: Tx, context: Posting, drafts: readonly BillDraft[]): Promise<void> {
  const asks = drafts.flatMap(({ asks, bill }) =>
    asks.map((one) => ({ ...one, billId: bill.billId, dueDate: bill.dueDate })),
  )
  if (asks.length > 0) await postBillAsks(tx, asks, context)
}

async function payDebts(tx: Tx, context: Posting, drafts: readonly BillDraft[]): Promise<void> {
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

async function writeMessages(
  tx: Tx,
  context: CompletionContext,
  drafts: readonly BillDraft[],
): Promise<void> {
  const templates = await selectTemplates(tx, context.clientId, context.billDate)
  const isAsked = (condition: string) => templates.some((template) => template.condition === condition)
  const bills = drafts.map(({ bill }) => bill)
  const classes = isAsked('class')
    ? await customerClasses(
        tx,
        bills.map((bill) => bill.customerId),
      )
    : new Map<number, string>()
  const autopay =
    isAsked('autopay') && context.autopayOf
      ? await context.autopayOf(tx, bills, context.billDate)
      : new Set<string>()
  const written = drafts.flatMap((draft) => {
    const { bill, warnings = [] } = draft
    const facts = {
      customerClass: classes.get(bill.customerId) ?? '',
      tariffIds: draft.priced.flatMap(({ versions }) => versions.map((version) => version.tariffId)),
      firstBill: draft.previousCents === undefined,
      estimated: draft.priced.some(({ rated }) => rated.quality.estimated > 0),
      pastDue: draft.owed.some(isPastDue(bill.billDate)),
      autopay: autopay.has(accountOf(bill)),
      finalBill: bill.kind === 'final',
    }
    const messages = [...warnings, ...messagesFor(templates, facts)]
    return messages.length === 0 ? [] : [{ ...bill, messages }]
  })
  await insertMessages(tx, written)
}

const isPastDue = (day: LocalDate) => (item: { unsettledCents: number; dueDate: LocalDate | null }) =>
  item.unsettledCents > 0 && item.dueDate !== null && item.dueDate < day

function useReleases(tx: Tx, drafts: readonly BillDraft[]): Promise<void> {
  const used = drafts.flatMap(({ bill, releases = [] }) =>
    releases.map((release) => ({ ...release, billId: bill.billId })),
  )
  return updateReleasesUsed(tx, used)
}

function completedEvent({ clientId, now }: CompletionContext, bill: Bill) {
  const { customerId, billId, accountNumber, amountDueCents, dueDate, kind, status } = bill
  const payload = { customerId, billId, accountNumber, amountDueCents, dueDate, kind }
  const type = status === 'credit_note' ? 'bill.credited' : 'bill.completed'
  return { clientId, at: now, type, subject: billSubject(bill), payload }
}
