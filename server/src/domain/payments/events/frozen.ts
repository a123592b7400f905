import type { Tx } from '../../../platform/db/index.ts'
import { sumCents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { agreementsOnAccounts } from '../../agreements/index.ts'
import type { AccountKey } from '../../customers/index.ts'
import {
  cancelEntry,
  changeAsked,
  deferredItems,
  itemsOf,
  type OpenItem,
  settleOldestFirst,
} from '../../receivables/index.ts'
import type { NumberedPayment } from './post.ts'

/** The debt class of what a court froze: owed, and not asked for. */
const FROZEN = 'bankruptcy'

function isFrozen({ debtClass }: { debtClass: string }): boolean {
  return debtClass === FROZEN
}

type Naming = Pick<NumberedPayment, 'customerId' | 'target' | 'shares'>

/** This will tell whether payments name debt that a court froze. One look, whatever the number of payments. */
export async function nameFrozen(tx: Tx, payments: readonly Naming[]): Promise<boolean> {
  return (await frozenItems(tx, payments)).length > 0
}

async function frozenItems(tx: Tx, payments: readonly Naming[]): Promise<OpenItem[]> {
  const naming = payments.filter(({ target, shares }) => target?.kind === 'agreement' || shares)
  if (naming.length === 0) return []
  const named = new Set(naming.flatMap(wanted).map(keyText))
  const items = await deferredItems(tx, [...new Set(naming.map(({ customerId }) => customerId))])
  return items.filter((item) => isFrozen(item) && named.has(keyText(item)))
}

function wanted(payment: Naming & { amountCents?: number }) {
  const { customerId, target, shares, amountCents = 0 } = payment
  const own = shares ?? (target?.kind === 'agreement' ? [{ agreementId: target.id, amountCents }] : [])
  return own.map((share) => ({ ...share, customerId }))
}

const keyText = ({ customerId, agreementId }: { customerId: number; agreementId: number }) =>
  `${customerId}-${agreementId}`

/**
 * This will ask for as much of frozen debt as a payment that names its agreement brings (a trustee's), so that it pays
 * that and lessens nothing else that is asked for. The customer is locked by the caller.
 */
export async function askFrozen(tx: Tx, payment: NumberedPayment & AccountKey, now: Instant): Promise<void> {
  const { customerId, paymentNumber, paymentDate: effectiveDate, accountingDate } = payment
  const items = await frozenItems(tx, [payment])
  if (items.length === 0) return
  const agreements = await agreementsOnAccounts(tx, [payment])
  const asks = wanted(payment).flatMap(({ agreementId, amountCents }) => {
    const agreement = agreements.find((one) => one.agreementId === agreementId)
    const own = items.filter((item) => item.agreementId === agreementId)
    const askCents = Math.min(amountCents, sumCents(own.map((item) => item.unsettledCents)))
    if (!agreement || askCents <= 0) return []
    return [
      { customerId, agreement, reference: `payment:${paymentNumber}-${agreementId}`, amountCents: askCents },
    ]
  })
  if (asks.length === 0) return
  await changeAsked(tx, asks, { effectiveDate, accountingDate, now })
  await settleOldestFirst(tx, { customerIds: [customerId], now })
}

/** This will put off again what was asked for because a payment paid it, when that payment is taken back. */
export async function freezeAgain(
  tx: Tx,
  {
    customerId,
    paymentNumber,
    ...dates
  }: {
    customerId: number
    paymentNumber: number
    effectiveDate: LocalDate
    accountingDate: LocalDate
    now: Instant
  },
): Promise<void> {
  const reference = `payment:${paymentNumber}`
  for (const { agreementId } of (await itemsOf(tx, customerId, 'payment', reference)).filter(isFrozen)) {
    const [asked] = await itemsOf(tx, customerId, 'deferral', `${reference}-${agreementId}`)
    if (!asked) continue
    await cancelEntry(tx, { customerId, entryId: asked.entryId, entryKind: 'deferral_cancel', ...dates })
  }
}
