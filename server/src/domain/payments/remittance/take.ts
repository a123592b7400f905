import { apart, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { lockCustomers } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { openWorkItems } from '../../work/index.ts'
import { type BatchPayment, recordPayments } from '../events/record.ts'
import { returnPayment } from '../events/return.ts'
import { type PaymentPolicy, paymentPolicy } from '../policy.ts'
import { selectTendersByReference } from '../store/event.ts'
import { takeRows, updateRows } from '../store/remittance.ts'
import { openOwnFile } from '../unapplied/own-file.ts'
import type { RemittanceRow, RowOutcome } from './file.ts'
import { type Place, placesOf } from './place.ts'

interface TakeInput {
  clientId: number
  fileId: number
  limit: number
  /** The day of the books. */
  today: LocalDate
  now: Instant
  actor: Actor
}

/** This will take the next rows of a file that wait, and answer how many: money moves exactly when their status does. */
export async function takeChunk(tx: Tx, input: TakeInput): Promise<number> {
  const { clientId, fileId } = input
  const rows = await takeRows(tx, clientId, fileId, input.limit)
  if (rows.length === 0) return 0
  const of = (kind: RemittanceRow['kind']) => rows.filter((row) => row.kind === kind)
  const outcomes = [
    ...(await takePayments(tx, of('payment'), input)),
    ...(await takeReturns(tx, of('return'), input)),
    ...(await takeChanges(tx, of('change'), input)),
  ]
  await updateRows(tx, clientId, fileId, outcomes)
  return rows.length
}

type Draft = { row: RemittanceRow; payment: BatchPayment; suspended?: { code: string; reason: string } }

async function takePayments(tx: Tx, rows: readonly RemittanceRow[], input: TakeInput): Promise<RowOutcome[]> {
  if (rows.length === 0) return []
  const { file } = await paymentPolicy(tx, input.clientId)
  const places = await placesOf(
    tx,
    input.clientId,
    rows.map((row) => row.accountText),
  )
  const judged = rows.map((row) => ({
    row,
    ...judge(row, places.get(row.accountText), { policy: file, today: input.today }),
  }))
  const isSuspended = judged.some(({ verdict }) => verdict === 'suspend')
  const ownFile = isSuspended ? await openOwnFile(tx, input.clientId, input.now) : 0
  const drafts = judged.flatMap(({ row, place, verdict, fault }): Draft[] => {
    if (verdict === 'reject') return []
    const to =
      verdict === 'suspend' || !place ? { customerId: ownFile, accountNumber: null } : accountOf(place)
    const payment = paymentOf(row, to, input)
    return verdict === 'suspend' && fault ? [{ row, payment, suspended: fault }] : [{ row, payment }]
  })
  const rejected = judged.flatMap(({ row, verdict, fault }) =>
    verdict === 'reject' && fault ? [rejection(row, fault.code, fault.reason)] : [],
  )
  return [...rejected, ...(await post(tx, drafts, input))]
}

const accountOf = ({ customerId, accountNumber }: Place) => ({ customerId, accountNumber })

/**
 * This will make the payment of a row, received today at the latest. Its number in its file makes sure that it is never
 * taken twice.
 */
export function paymentOf(
  row: RemittanceRow,
  to: Pick<BatchPayment, 'customerId' | 'accountNumber'>,
  { today }: { today: LocalDate },
): BatchPayment {
  return {
    ...to,
    amountCents: row.amountCents ?? 0,
    paymentDate: row.paymentDate !== null && row.paymentDate < today ? row.paymentDate : today,
    accountingDate: today,
    method: row.method ?? 'check',
    ...(row.reference !== null && { reference: row.reference }),
    externalId: `file-${row.fileId}:${row.rowNumber}`,
  }
}

function judge(
  row: RemittanceRow,
  place: Place | undefined,
  { policy, today }: { policy: PaymentPolicy['file']; today: LocalDate },
) {
  if (row.paymentDate !== null && row.paymentDate > today) {
    const reason = `${row.paymentDate} has not come; money is received today, ${today}, or before.`
    return { place, verdict: 'reject' as const, fault: { code: 'date_in_future', reason } }
  }
  if (!place) {
    const reason = `No billing account is named "${row.accountText}".`
    return { place, verdict: policy.unknownAccount, fault: { code: 'account_unknown', reason } }
  }
  if (place.closed && policy.closedAccount !== 'accept') {
    const reason = `The billing account ${row.accountText} is closed.`
    return { place, verdict: policy.closedAccount, fault: { code: 'account_closed', reason } }
  }
  return { place, verdict: 'accept' as const, fault: undefined }
}

/** All at once; when one is refused, one by one, so that only that one is rejected. */
async function post(tx: Tx, drafts: readonly Draft[], input: TakeInput): Promise<RowOutcome[]> {
  const { clientId, now, actor } = input
  const record = (some: readonly Draft[]) =>
    recordPayments(tx, {
      clientId,
      source: 'lockbox',
      payments: some.map(({ payment }) => payment),
      now,
      actor,
    })
  // Locked before the savepoint, so that one by one keeps to the order of locks.
  await lockCustomers(
    tx,
    drafts.map(({ payment }) => payment.customerId),
  )
  const { result, error } = await apart(tx, () => record(drafts))
  if (result) return drafts.map((draft, index) => outcome(draft, result[index]))
  if (!(error instanceof Refusal)) throw error
  const outcomes: RowOutcome[] = []
  for (const draft of drafts) {
    const one = await apart(tx, () => record([draft]))
    if (one.result) outcomes.push(outcome(draft, one.result[0]))
    else if (one.error instanceof Refusal)
      outcomes.push(rejection(draft.row, one.error.code, one.error.message))
    else throw one.error
  }
  return outcomes
}

function outcome(
  { row, suspended }: Draft,
  made: Partial<Pick<RemittanceRow, 'customerId' | 'paymentNumber' | 'payerCustomerId' | 'eventNumber'>> = {},
): RowOutcome {
  const { customerId, paymentNumber, payerCustomerId, eventNumber } = made
  const where = {
    customerId: customerId ?? null,
    paymentNumber: paymentNumber ?? null,
    payerCustomerId: payerCustomerId ?? null,
    eventNumber: eventNumber ?? null,
  }
  const { rowNumber } = row
  if (!suspended) return { rowNumber, status: 'posted', ...where }
  return { rowNumber, status: 'suspended', reasonCode: suspended.code, reason: suspended.reason, ...where }
}

function rejection({ rowNumber }: RemittanceRow, reasonCode: string, reason: string): RowOutcome {
  return { rowNumber, status: 'rejected', reasonCode, reason }
}

async function takeReturns(tx: Tx, rows: readonly RemittanceRow[], input: TakeInput): Promise<RowOutcome[]> {
  if (rows.length === 0) return []
  const references = rows.flatMap(({ reference }) => reference ?? [])
  const tenders = await selectTendersByReference(tx, input.clientId, references)
  await lockCustomers(
    tx,
    tenders.map(({ customerId }) => customerId),
  )
  const outcomes: RowOutcome[] = []
  for (const row of rows) {
    const named = tenders.filter(
      (one) => one.reference === row.reference && one.amountCents === row.amountCents,
    )
    const tender = named.find(({ status }) => status === 'valid') ?? named[0]
    if (!tender) {
      const reason = `No payment of this amount has the trace number ${row.reference}.`
      outcomes.push(rejection(row, 'tender_unknown', reason))
      continue
    }
    const { customerId: payerCustomerId, eventNumber, tenderNumber } = tender
    const { now, actor, today } = input
    const act = { payerCustomerId, eventNumber, tenderNumber, returnCode: row.returnCode ?? '', now, actor }
    const { error } = await apart(tx, () => returnPayment(tx, { ...act, returnedOn: today }))
    if (error === undefined)
      outcomes.push({ rowNumber: row.rowNumber, status: 'posted', payerCustomerId, eventNumber })
    else if (error instanceof Refusal) outcomes.push(rejection(row, error.code, error.message))
    else throw error
  }
  return outcomes
}

/** Nothing moves; somebody corrects the payment method before the next draw. */
async function takeChanges(
  tx: Tx,
  rows: readonly RemittanceRow[],
  { clientId, fileId, now }: TakeInput,
): Promise<RowOutcome[]> {
  await openWorkItems(
    tx,
    rows.map((row) => ({
      clientId,
      kind: 'bank_details_changed',
      subject: `remittance:${fileId}-${row.rowNumber}`,
      reasonCode: row.returnCode ?? '',
      reason: row.reason ?? 'The bank corrects what it has.',
      remedy: 'Ask the customer to enter the bank account of the payment method anew.',
      detail: { trace: row.reference, account: row.accountText },
      createdAt: now,
    })),
  )
  return rows.map(({ rowNumber, reason }) => ({ rowNumber, status: 'posted', reason }))
}
