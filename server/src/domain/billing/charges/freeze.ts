import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { Agreement } from '../../agreements/index.ts'
import {
  controlAccount,
  type NewEntry,
  openAccounts,
  type Posting,
  postEntries,
  receivablePosting,
} from '../../ledger/index.ts'
import { type NewItem, openItems } from '../../receivables/index.ts'
import type { PlanVersion } from '../pricing/plan.ts'
import type { PricedCharge } from '../pricing/pricing.ts'
import { type GatheredUsage, saveUsages } from '../pricing/usage-of.ts'
import * as store from '../store/charge.ts'
import { updateDraft } from '../store/charge-state.ts'
import {
  type ChargeBasis,
  type ChargeKey,
  chargeReference,
  ENGINE,
  ledgerAccountOf,
  toChargeLine,
} from './charge.ts'

/** A priced charge on its way into the books. */
export interface ChargeDraft {
  priced: PricedCharge
  /** Absent: no bill of ours shows it yet. */
  billId?: number
  dueDate?: LocalDate
  /** Priced now, posted with its bill. */
  freezable?: boolean
  rebillsChargeId?: number
  /** It was drafted under this number. */
  chargeId?: number
}

export interface PostingContext {
  clientId: number
  runId?: number
  /** When the charges count for the customer. */
  effectiveDate: LocalDate
  accountingDate: LocalDate
  now: Instant
}

/** What posting a charge needs to know of it. */
export interface PostableCharge extends ChargeKey {
  agreement: Pick<Agreement, 'agreementId' | 'accountNumber' | 'kind' | 'debtClass'>
  billId?: number
  dueDate?: LocalDate
  sums: { ledgerCode: string; amountCents: Cents }[]
}

/** This will store priced charges with their usage, parts and lines, post those that are not left freezable, and return their keys. */
export async function recordCharges(
  tx: Tx,
  context: PostingContext,
  drafts: readonly ChargeDraft[],
): Promise<ChargeKey[]> {
  if (drafts.length === 0) return []
  const { clientId, now } = context
  await openAccounts(
    tx,
    clientId,
    drafts.flatMap(({ priced }) => priced.rated.lines.map(ledgerAccountOf)),
  )
  const next = await numbersAfter(
    tx,
    'charge',
    'charge_id',
    drafts.map(({ priced }) => priced.agreement.customerId),
  )
  const usageIds = await saveUsages(
    tx,
    drafts.map(({ priced }) => priced),
    now,
  )
  const charges = drafts.map((draft, index) => {
    const chargeId = draft.chargeId ?? next(draft.priced.agreement.customerId)
    return toCharge(draft, chargeId, usageIds[index] ?? null, context)
  })
  await store.insertCharges(
    tx,
    charges.filter((_, index) => drafts[index]?.chargeId === undefined),
  )
  for (const [index, draft] of drafts.entries()) {
    const charge = charges[index]
    if (charge && draft.chargeId !== undefined) await updateDraft(tx, charge)
  }
  const frozen = drafts.flatMap((draft, index) => {
    const charge = charges[index]
    return charge && !draft.freezable ? [toPostable(draft, charge)] : []
  })
  await postCharges(tx, context, frozen)
  return charges.map(({ customerId, chargeId }) => ({ customerId, chargeId }))
}

function toCharge(
  draft: ChargeDraft,
  chargeId: number,
  usageId: number | null,
  { runId, now }: PostingContext,
): store.NewCharge {
  const { agreement, period, versions, usage, rated, history, shared } = draft.priced
  const { history: _, ...facts } = draft.priced.facts
  return {
    customerId: agreement.customerId,
    chargeId,
    agreementId: agreement.agreementId,
    accountNumber: agreement.accountNumber,
    kind: 'service',
    usageId,
    startDate: period.start,
    endDate: period.end,
    status: draft.freezable ? 'freezable' : 'frozen',
    amountCents: rated.amountCents,
    billId: draft.billId ?? null,
    runId: runId ?? null,
    rebillsChargeId: draft.rebillsChargeId ?? null,
    asOf: now,
    engine: ENGINE,
    createdAt: now,
    frozenAt: draft.freezable ? null : now,
    basis: {
      timeZone: usage.timeZone,
      facts,
      ...(history && { history }),
      ...(shared && { shared }),
      ...exchangesOf(usage),
      carry: rated.carry,
    },
    parts: versions.map((version, index) => toPart(chargeId, index + 1, version)),
    lines: rated.lines.map((line) => toChargeLine(chargeId, partOf(versions, line.start), line)),
  }
}

function exchangesOf({ sources }: GatheredUsage): Pick<ChargeBasis, 'exchanges'> {
  const known = sources.flatMap(({ series, exchangesSeconds }) =>
    exchangesSeconds ? [[series.servicePointId, exchangesSeconds] as const] : [],
  )
  return known.length === 0 ? {} : { exchanges: Object.fromEntries(known) }
}

function toPart(chargeId: number, partNumber: number, { tariffId, version, start, end }: PlanVersion) {
  return { chargeId, partNumber, tariffId, tariffVersion: version, startDate: start, endDate: end }
}

function partOf(versions: readonly PlanVersion[], day: LocalDate): number {
  return Math.max(1, versions.findLastIndex((version) => version.start <= day) + 1)
}

function toPostable(draft: ChargeDraft, charge: store.NewCharge): PostableCharge {
  const sums = new Map<string, Cents>()
  for (const line of charge.lines)
    sums.set(line.ledgerCode, (sums.get(line.ledgerCode) ?? 0) + line.amountCents)
  return {
    customerId: charge.customerId,
    chargeId: charge.chargeId,
    agreement: draft.priced.agreement,
    ...(draft.billId !== undefined && { billId: draft.billId }),
    ...(draft.dueDate !== undefined && { dueDate: draft.dueDate }),
    sums: [...sums].map(([ledgerCode, amountCents]) => ({ ledgerCode, amountCents })),
  }
}

/** This will post charges: an entry each, a posting for each account, and the open item. What sums to nothing moves nothing. */
export async function postCharges(
  tx: Tx,
  context: PostingContext,
  charges: readonly PostableCharge[],
): Promise<void> {
  const moving = charges.flatMap((charge) => {
    const postings = postingsOf(charge)
    return postings.length === 0 ? [] : [{ charge, postings }]
  })
  const entryIds = await postEntries(
    tx,
    moving.map(({ charge, postings }) => toEntry(context, charge, postings)),
  )
  const items = moving.flatMap(({ charge }, index) => {
    const item = toItem(context, charge, entryIds[index] ?? 0)
    return item.amountCents === 0 ? [] : [item]
  })
  await openItems(tx, items)
}

function postingsOf({ agreement, sums }: PostableCharge): Posting[] {
  const owner = {
    agreementId: agreement.agreementId,
    accountNumber: agreement.accountNumber,
    debtClass: agreement.debtClass,
  }
  const control = controlAccount(agreement.kind)
  return sums.flatMap(({ ledgerCode, amountCents }) => {
    const posting = receivablePosting(control, ledgerCode, owner, amountCents)
    return posting ? [posting] : []
  })
}

function toEntry(context: PostingContext, charge: PostableCharge, postings: Posting[]): NewEntry {
  return {
    customerId: charge.customerId,
    kind: 'charge',
    reference: chargeReference(charge.chargeId),
    effectiveDate: context.effectiveDate,
    accountingDate: context.accountingDate,
    createdAt: context.now,
    postings,
  }
}

function toItem(context: PostingContext, charge: PostableCharge, entryId: number): NewItem {
  return {
    customerId: charge.customerId,
    agreementId: charge.agreement.agreementId,
    accountNumber: charge.agreement.accountNumber,
    debtClass: charge.agreement.debtClass,
    kind: 'charge',
    reference: chargeReference(charge.chargeId),
    entryId,
    ...(charge.billId !== undefined && { billId: charge.billId }),
    aroseOn: context.effectiveDate,
    ...(charge.dueDate !== undefined && { dueDate: charge.dueDate }),
    amountCents: charge.sums.reduce((total, sum) => total + sum.amountCents, 0),
  }
}
