import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { settleOldestFirst } from '../operations.ts'
import { cancelEntry, changeAsked, type ItemAgreement, type PostingDates } from '../post.ts'
import * as store from '../store/contract-ask.ts'
import type { ContractKey } from './contract.ts'

/** An amount that a contract asks for now (above zero) or puts off (below). */
export interface ContractAsk extends ContractKey {
  agreement: ItemAgreement
  kind: store.AskKind
  amountCents: Cents
  dueDate?: LocalDate
  billId?: number
  instalmentNumber?: number
  months?: number
  chargedCents?: Cents
  /** What the bill that asks calls it. */
  text?: { en: string; es: string }
}

/**
 * This will post what contracts ask for or put off, and note each; one of zero is noted only. Answers the numbers of the
 * asks. The customers are locked by the caller.
 */
export async function postAsks(tx: Tx, asks: readonly ContractAsk[], dates: PostingDates): Promise<number[]> {
  if (asks.length === 0) return []
  const next = await store.nextAskNumbers(
    tx,
    asks.map((ask) => ask.customerId),
  )
  const numbered = asks.map((ask) => ({ ...ask, askNumber: next(ask.customerId) }))
  const moving = numbered.filter((ask) => ask.amountCents !== 0)
  const entryIds = await changeAsked(
    tx,
    moving.map(({ customerId, contractNumber, askNumber, agreement, amountCents, dueDate, billId }) => ({
      customerId,
      agreement,
      reference: `contract:${contractNumber}-${askNumber}`,
      amountCents,
      ...(dueDate !== undefined && { dueDate }),
      ...(billId !== undefined && { billId }),
    })),
    dates,
  )
  const entryOf = new Map(moving.map((ask, index) => [ask, entryIds[index] ?? null]))
  await store.insertAsks(
    tx,
    numbered.map((ask) => ({
      customerId: ask.customerId,
      askNumber: ask.askNumber,
      contractNumber: ask.contractNumber,
      agreementId: ask.agreement.agreementId,
      kind: ask.kind,
      amountCents: ask.amountCents,
      askedOn: dates.effectiveDate,
      dueDate: ask.dueDate ?? null,
      billId: ask.billId ?? null,
      instalmentNumber: ask.instalmentNumber ?? null,
      months: ask.months ?? null,
      chargedCents: ask.chargedCents ?? null,
      entryId: entryOf.get(ask) ?? null,
      text: ask.text ?? null,
    })),
  )
  return numbered.map((ask) => ask.askNumber)
}

/** This will take asks back as if they had never been: their entries are reversed and what had paid them is free. */
export async function undoAsks(tx: Tx, asks: readonly store.AskRow[], dates: PostingDates): Promise<void> {
  for (const ask of [...asks].reverse()) {
    const { customerId, entryId } = ask
    const cancelled =
      entryId === null
        ? null
        : await cancelEntry(tx, { customerId, entryId, entryKind: 'deferral_cancel', ...dates })
    await store.updateAskUndone(tx, ask, cancelled)
  }
  const customerIds = [...new Set(asks.map((ask) => ask.customerId))]
  if (customerIds.length > 0) await settleOldestFirst(tx, { customerIds, now: dates.now })
}
