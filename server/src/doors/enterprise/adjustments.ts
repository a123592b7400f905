import type { z } from 'zod'
import { chargeEvent } from '../../domain/billing/index.ts'
import { chartOfAccounts } from '../../domain/ledger/index.ts'
import {
  type Adjustment,
  type AdjustmentType,
  assessFee,
  eligibleFeeNamed,
  eligibleFees,
  getAdjustmentType,
} from '../../domain/receivables/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type OpenAccount, openAccount, requireCome, writeLog } from './act.ts'
import * as wire from './adjustments.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toDescription, toFlag, toMoney, toText } from './to-wire.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Account Package', scope: 'client', params: AccountPath } as const

export const adjustmentEndpoints = [
  endpoint({
    ...shared,
    route: `POST ${PATH}/adjustments`,
    name: 'createMiscAdjustment',
    source: 'ep-023',
    summary: 'Debit or credit an account against a ledger account',
    permission: 'adjustment.create',
    body: wire.AdjustmentBody,
    reply: answer(wire.AdjustmentMade),
    async handle({ params, body }, context) {
      return { responseData: [await adjust(await openAccount(params, context, body.logText), body, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: `GET ${PATH}/eligibleFees`,
    name: 'getEligibleFees',
    source: 'ep-045',
    summary: 'Fees that an account may be charged',
    permission: 'fee.read',
    reply: answer(wire.EligibleFee),
    async handle({ params }, context) {
      const { agreement } = await openAccount(params, context)
      return { responseData: (await eligibleFees(context.tx, agreement)).map(toFee) }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/chargeFees`,
    name: 'chargeFee',
    source: 'ep-024',
    summary: 'Charge an account a fee',
    permission: 'fee.create',
    body: wire.ChargeFeesBody,
    reply: answer(wire.FeeCharged),
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.logNote)
      return { responseData: [await chargeFee(account, body, context)] }
    },
  }),
]

/** It counts for the customer on the charge date, and for the books today: a past period may be closed. */
async function adjust(
  { agreement, day, done }: OpenAccount,
  body: z.output<typeof wire.AdjustmentBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof wire.AdjustmentMade>> {
  const { tx, caller } = context
  const { chargeDate: chargedOn = day, chargeAmount: amountCents, subTypeDescription } = body
  requireCome('chargeDate', chargedOn, day)
  await requireAuthority(amountCents, context)
  const account = await ledgerAccountOf(tx, caller.clientId, body)
  const text = subTypeDescription
    ? { en: subTypeDescription, es: subTypeDescription }
    : { en: 'Adjustment', es: 'Ajuste' }
  const { customerId, agreementId } = agreement
  const chargeId = await chargeEvent(tx, {
    customerId,
    agreementId,
    chargedOn,
    accountingDate: day,
    lines: [{ code: 'adjustment', text, amountCents, ledgerCode: account.code }],
    ...done,
  })
  const logId = await writeLog(context, agreement, body.logText)
  return {
    accountChargeId: String(chargeId),
    billingChargeId: String(chargeId),
    chargeDate: chargedOn,
    chargeAmount: toMoney(amountCents),
    generalLedgerDescription: account.name,
    logId: toText(logId),
  }
}

/** It is posted at once, so that whoever makes one above the limit of corrections must be one who may approve it. */
async function requireAuthority(amountCents: number, { tx, caller }: Context<EnterpriseSide>): Promise<void> {
  const { approvalAboveCents } = await getAdjustmentType(tx, caller.clientId, 'billing_correction')
  const isLarge = approvalAboveCents !== null && Math.abs(amountCents) > approvalAboveCents
  if (!isLarge || caller.permissions.has('adjustment.approve')) return
  throw new Refusal(
    'forbidden',
    'permission_missing',
    `An adjustment above ${toMoney(approvalAboveCents)} needs the permission adjustment.approve.`,
  )
}

/** The three numbers win over the name. */
async function ledgerAccountOf(tx: Tx, clientId: number, body: z.output<typeof wire.AdjustmentBody>) {
  const { governingAgencyId: agencyId, generalLedgerId, ledgerAccountId: accountNumber } = body
  const name = body.generalLedgerDescription?.toLowerCase()
  const found = (await chartOfAccounts(tx, clientId)).find((one) =>
    agencyId === undefined
      ? one.name.toLowerCase() === name
      : one.agencyId === agencyId &&
        one.generalLedgerId === generalLedgerId &&
        one.accountNumber === accountNumber,
  )
  if (found?.active && !found.control) return found
  const pointer = agencyId === undefined ? '/generalLedgerDescription' : '/ledgerAccountId'
  throw new Refusal(
    'rule',
    'ledger_account_unfit',
    'There is no such ledger account, or adjustments are not posted to it; choose one of the general ledgers.',
    [{ pointer, in: 'body', message: 'names no ledger account for adjustments' }],
  )
}

async function chargeFee(
  { agreement, day, done }: OpenAccount,
  { feeDescription, feeAmount, logNote }: z.output<typeof wire.ChargeFeesBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof wire.FeeCharged>> {
  const { tx } = context
  const { customerId, agreementId } = agreement
  const type = await eligibleFeeNamed(tx, agreement, feeDescription)
  const wish = { customerId, agreementId, type: type.code, effectiveDate: day }
  const terms = given({ amountCents: feeAmount, comment: logNote })
  const fee = await assessFee(tx, { ...wish, ...terms, ...done })
  return toFeeCharged(fee, type, await writeLog(context, agreement, logNote))
}

function toFee(type: AdjustmentType, index: number): z.input<typeof wire.EligibleFee> {
  return {
    record: String(index + 1),
    feeCode: type.code,
    feeDescription: type.name.en,
    feeDescriptionSpanish: type.name.es,
    feeAmount: toMoney(type.defaultAmountCents),
    generalLedgerCode: type.ledgerCode,
    approvalAboveAmount: toMoney(type.approvalAboveCents),
    onBillIndicator: toFlag(type.onBill),
  }
}

function toFeeCharged(
  fee: Adjustment,
  type: AdjustmentType,
  logId: number | undefined,
): z.input<typeof wire.FeeCharged> {
  return {
    adjustmentId: String(fee.adjustmentId),
    feeCode: type.code,
    feeDescription: type.name.en,
    feeAmount: toMoney(fee.amountCents),
    chargeDate: fee.effectiveDate,
    statusCode: fee.status,
    statusDescription: toDescription(fee.status),
    logId: toText(logId),
  }
}
