import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { type LocalDate, Temporal } from '../../../platform/time.ts'
import { agreementsOnAccounts } from '../../agreements/index.ts'
import { type AccountKey, clientOf } from '../../customers/index.ts'
import { assessFee } from '../../receivables/index.ts'
import { type PaymentPolicy, paymentPolicy } from '../policy.ts'
import { isReturnCode, returnReason } from '../return-reason.ts'
import { countReturned } from '../store/event.ts'
import { auditEvent, type CancelPaymentInput, cancelTenders } from './cancel.ts'
import type { LockedEvent } from './change.ts'

const FEE = 'returned_payment_fee'

export interface ReturnPaymentInput extends Omit<CancelPaymentInput, 'reason' | 'cancelledOn'> {
  /** The bank's reason: R01 to R85, or `chargeback`. */
  returnCode: string
  returnedOn: LocalDate
  /** Whether the customer is asked for the fee; the client's rule by method when left out. */
  fee?: boolean
}

/**
 * This will take back a payment that the bank sent back: its tenders are cancelled, the account is asked for the fee by
 * the client's rule, and the return counts towards cash only. Answers the number of the fee's adjustment, if any.
 * Refuses: what `cancelPayment` refuses, and a return code that is none.
 */
export async function returnPayment(tx: Tx, input: ReturnPaymentInput): Promise<number | undefined> {
  const { returnCode, returnedOn, payerCustomerId, now } = input
  if (!isReturnCode(returnCode))
    throw new Refusal(
      'rule',
      'return_code_unknown',
      `"${returnCode}" is no reason of a return; give the bank's code (R01 to R85) or chargeback.`,
    )
  const reason = `${returnCode}: ${returnReason(returnCode)}`
  const before = await cancelTenders(tx, { ...input, reason, cancelledOn: returnedOn })
  const clientId = clientOf(payerCustomerId)
  const policy = await paymentPolicy(tx, clientId)
  const feeId = await chargeFee(tx, before, input, policy)
  const [tender] = before.cancelled
  await emit(
    tx,
    paidThen(before).map(({ customerId, accountNumber, amountCents, paymentNumber }) => ({
      clientId,
      at: now,
      type: 'payment.returned',
      subject: `payment:${customerId}-${paymentNumber}`,
      payload: {
        customerId,
        accountNumber,
        paymentNumber,
        amountCents,
        payerCustomerId,
        eventNumber: input.eventNumber,
        returnCode,
        returnedOn,
        reason,
        method: tender?.method,
        reference: tender?.reference,
        source: before.event.source,
        externalId: before.event.externalId,
        creditPoints: policy.returned.creditPoints,
      },
    })),
  )
  await auditEvent(tx, 'returnPayment', input, { returnCode, ...(feeId !== undefined && { feeId }) })
  return feeId
}

function paidThen({ payments }: LockedEvent) {
  return payments.filter(({ status }) => status === 'frozen')
}

/** Once a return, on the account that the payment was for first; none where only a deposit is held. */
async function chargeFee(
  tx: Tx,
  before: Awaited<ReturnType<typeof cancelTenders>>,
  { fee, returnedOn, now, actor, eventNumber, payerCustomerId }: ReturnPaymentInput,
  { returned }: PaymentPolicy,
): Promise<number | undefined> {
  const [tender] = before.cancelled
  const payment = paidThen(before).find(({ accountNumber }) => accountNumber !== null)
  if (!tender || !payment || payment.accountNumber === null) return undefined
  if (!(fee ?? returned.feeMethods.includes(tender.method))) return undefined
  const { customerId, accountNumber } = payment
  const agreements = await agreementsOnAccounts(tx, [{ customerId, accountNumber }])
  const agreement =
    agreements.find(({ kind, status }) => kind === 'service' && status !== 'cancelled') ??
    agreements.find(({ kind }) => kind !== 'deposit')
  if (!agreement) return undefined
  const { agreementId } = agreement
  const cause = `tender:${payerCustomerId}-${eventNumber}-${tender.tenderNumber}`
  const made = await assessFee(tx, {
    customerId,
    agreementId,
    type: FEE,
    effectiveDate: returnedOn,
    cause,
    now,
    actor,
  })
  return made.adjustmentId
}

/** This will tell whether an account's returned payments leave it only cash, money orders and cards, and its points. */
export async function cashOnly(
  tx: Tx,
  key: AccountKey,
  asOf: LocalDate,
): Promise<{ points: number; isCashOnly: boolean }> {
  const { returned } = await paymentPolicy(tx, clientOf(key.customerId))
  const from = Temporal.PlainDate.from(asOf).subtract({ months: returned.cashOnlyMonths }).toString()
  const points = (await countReturned(tx, key, from, asOf)) * returned.cashOnlyPoints
  return { points, isCashOnly: points >= returned.cashOnlyThreshold }
}
