import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import type { BillableAgreement } from '../../agreements/index.ts'
import { workCalendar } from '../../identity/index.ts'
import {
  type BillAsk,
  billAsks,
  type OpenItem,
  unbilledItems,
  unsettledItems,
} from '../../receivables/index.ts'
import { billingPolicy } from '../pricing/policy.ts'
import { selectLastBills, selectOpenBills } from '../store/bill.ts'
import { selectUnbilledCharges, type UnbilledCharge } from '../store/unbilled-charge.ts'
import {
  type AccountToBill,
  accountOf,
  agreementOf,
  type CompletionContext,
  isOnOurBill,
} from './account-to-bill.ts'
import type { Bill } from './bill.ts'

/** What an account's bill is made of, before it has a number and figures. */
interface Contents extends AccountToBill {
  own: readonly BillableAgreement[]
  /** Charges that were recorded before, and cancellations, that no bill shows. */
  waiting: readonly UnbilledCharge[]
  items: readonly OpenItem[]
  owed: readonly OpenItem[]
  /** What the bill before asked for; absent on a first bill. */
  previousCents?: Cents | undefined
  /** It was begun, or reopened, under this number. */
  open?: Bill | undefined
}

/** A bill in the making, and what it will show beside the new charges. */
export interface BillDraft extends Contents {
  bill: Bill
  asks: readonly BillAsk[]
  /** Some credit waits for a debt to pay. */
  hasCredit: boolean
}

/**
 * This will work out the bills of accounts, in a fixed number of statements. Nothing is written. An account that has
 * nothing to charge gets none, unless the context asks for a bill all the same.
 */
export async function draftBills(
  tx: Tx,
  context: CompletionContext,
  accounts: readonly AccountToBill[],
): Promise<BillDraft[]> {
  const customerIds = [...new Set(accounts.map(({ account }) => account.customerId))]
  const candidates = (await contentsOf(tx, customerIds, accounts)).filter((one) => isDue(context, one))
  const next = await numbersAfter(tx, 'bill', 'bill_id', customerIds)
  const asks = Map.groupBy(await asksOf(tx, context, candidates), accountOf)
  const contents = candidates.filter(
    (one) => hasCharges(one) || one.items.length > 0 || asks.has(accountOf(one.account)),
  )
  const dueDateOf = await dueDates(tx, context)
  return contents.map((one) => {
    const own = asks.get(accountOf(one.account)) ?? []
    const billId = one.open?.billId ?? next(one.account.customerId)
    const bill = toBill(context, one, own, { billId, dueDate: dueDateOf(one.account.dueDays) })
    const credits = [
      ...one.owed.map((item) => item.unsettledCents),
      ...one.priced.map((charge) => charge.rated.amountCents),
      ...own.map((ask) => ask.amountCents),
    ]
    return { ...one, bill, asks: own, hasCredit: credits.some((amount) => amount < 0) }
  })
}

async function contentsOf(
  tx: Tx,
  customerIds: readonly number[],
  accounts: readonly AccountToBill[],
): Promise<Contents[]> {
  const open = await selectOpenBills(tx, customerIds)
  const openOf = new Map(open.map((bill) => [accountOf(bill), bill]))
  const unsettled = Map.groupBy(await unsettledItems(tx, customerIds), agreementOf)
  const unbilled = Map.groupBy(await unbilledItems(tx, customerIds), agreementOf)
  const stored = Map.groupBy(await selectUnbilledCharges(tx, customerIds, open), agreementOf)
  const previous = new Map((await selectLastBills(tx, customerIds)).map((last) => [accountOf(last), last]))
  return accounts.map((toBill) => {
    const own = toBill.agreements.filter(isOnOurBill)
    return {
      ...toBill,
      own,
      priced: toBill.priced.filter((charge) => isOnOurBill(charge.agreement)),
      waiting: own.flatMap((agreement) => stored.get(agreementOf(agreement)) ?? []),
      items: own.flatMap((agreement) => unbilled.get(agreementOf(agreement)) ?? []),
      owed: own.flatMap((agreement) => unsettled.get(agreementOf(agreement)) ?? []),
      previousCents: previous.get(accountOf(toBill.account))?.amountDueCents,
      open: openOf.get(accountOf(toBill.account)),
    }
  })
}

/** What was charged apart from a bill waits for it as long as the account's bills are on hold. */
function isDue(context: CompletionContext, contents: Contents): boolean {
  if (context.creditNoteFor !== undefined) return true
  if (contents.account.holdBills) return false
  return hasCharges(contents) || context.withoutCharges === true
}

function hasCharges({ priced, waiting }: Contents): boolean {
  return priced.length > 0 || waiting.some((charge) => charge.status !== 'cancelled')
}

async function asksOf(tx: Tx, context: CompletionContext, contents: readonly Contents[]): Promise<BillAsk[]> {
  if (context.creditNoteFor !== undefined) return []
  return billAsks(
    tx,
    contents.map(({ account, ...one }) => ({
      customerId: account.customerId,
      accountNumber: account.accountNumber,
      billDate: context.billDate,
      chargeItemsCents: chargeItemsOf(one),
    })),
  )
}

/** What charges and their cancellations on this bill add to each agreement. */
function chargeItemsOf({ priced, waiting, items }: Pick<Contents, 'priced' | 'waiting' | 'items'>) {
  const sums = new Map<number, Cents>()
  const add = (agreementId: number, amountCents: Cents) =>
    sums.set(agreementId, (sums.get(agreementId) ?? 0) + amountCents)
  for (const { agreement, rated } of priced) add(agreement.agreementId, rated.amountCents)
  for (const charge of waiting) if (charge.status === 'freezable') add(charge.agreementId, charge.amountCents)
  for (const item of items)
    if (item.kind === 'charge' || item.kind === 'charge_cancel') add(item.agreementId, item.amountCents)
  return sums
}

/** So many days after the bill's date, and on a day on which a bank works. */
async function dueDates(tx: Tx, { clientId, billDate }: CompletionContext) {
  const calendar = await workCalendar(tx, clientId)
  const { minimumDueDays } = await billingPolicy(tx, clientId)
  const known = new Map<number, LocalDate>()
  return (dueDays: number): LocalDate => {
    const day =
      known.get(dueDays) ?? calendar.nextWorkDay(addDays(billDate, Math.max(dueDays, minimumDueDays)))
    known.set(dueDays, day)
    return day
  }
}

function toBill(
  context: CompletionContext,
  { account, priced, waiting, owed, previousCents = 0, open }: Contents,
  asks: readonly BillAsk[],
  { billId, dueDate }: { billId: number; dueDate: LocalDate },
): Bill {
  const live = waiting.filter((charge) => charge.status !== 'cancelled')
  const fresh = sumCents(priced.map((charge) => charge.rated.amountCents))
  const unposted = live.filter((charge) => charge.status === 'freezable').map((charge) => charge.amountCents)
  const chargesCents = fresh + sumCents(live.map((charge) => charge.amountCents))
  const asked = sumCents([...owed.map((item) => item.unsettledCents), ...asks.map((ask) => ask.amountCents)])
  const amountDueCents = sumCents([asked, fresh, ...unposted])
  const starts = [...priced.map(({ period }) => period.start), ...live.map((charge) => charge.startDate)]
  const ends = [...priced.map(({ period }) => period.end), ...live.map((charge) => charge.endDate)]
  const { customerId, accountNumber, documentLanguage: language } = account
  return {
    customerId,
    billId,
    accountNumber,
    status: context.creditNoteFor === undefined ? 'complete' : 'credit_note',
    kind: context.kind ?? open?.kind ?? 'regular',
    billDate: context.billDate,
    dueDate,
    startDate: starts.sort()[0] ?? context.billDate,
    endDate: ends.sort().at(-1) ?? addDays(context.billDate, 1),
    previousCents,
    creditsCents: amountDueCents - previousCents - chargesCents,
    chargesCents,
    amountDueCents,
    language,
    runId: context.runId ?? null,
    replacesBillId: context.creditNoteFor ?? null,
    completedAt: context.now,
    cancelReason: null,
  }
}
