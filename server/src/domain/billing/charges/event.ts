import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, centsToDecimal } from '../../../platform/money.ts'
import { addDays, hasBegun, type Instant, type LocalDate } from '../../../platform/time.ts'
import { type BillableAgreement, getAgreement } from '../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { findLedgerAccount } from '../../ledger/index.ts'
import type { Localized } from '../../rating/index.ts'
import { settleOldestFirst } from '../../receivables/index.ts'
import * as store from '../store/charge.ts'
import { selectLedgerSums } from '../store/unbilled-charge.ts'
import { type Charge, ENGINE, type KeptLine } from './charge.ts'
import { postCharges } from './freeze.ts'
import { auditCorrection } from './reverse.ts'

/** One line of a charge that is entered by hand. */
export interface EventLine {
  code: string
  text: Localized
  /** Signed: below zero it is a credit. */
  amountCents: Cents
  /** The account of the books that it belongs to. */
  ledgerCode: string
}

/**
 * This will charge an agreement once for something that happened: a visit, a meter test, equipment. It is posted at once
 * and shown on the next bill. Answers the charge's id. Refuses: no lines, a line without amount, an account that the books
 * do not have, a day still to come or before the agreement began, an agreement that holds other money than charges.
 */
export async function chargeEvent(
  tx: Tx,
  input: {
    customerId: number
    agreementId: number
    chargedOn: LocalDate
    accountingDate?: LocalDate
    lines: readonly EventLine[]
    now: Instant
    actor: Actor
  },
): Promise<number> {
  const { customerId, chargedOn, accountingDate = chargedOn, lines, now } = input
  await lockCustomers(tx, [customerId])
  const agreement = await getAgreement(tx, input)
  requireLines(lines)
  requireChargeable(agreement)
  if (!hasBegun(chargedOn, now))
    throw new Refusal(
      'rule',
      'charge_in_future',
      `${chargedOn} is still to come; charge up to today at the latest.`,
    )
  if (chargedOn < agreement.startDate)
    throw new Refusal(
      'rule',
      'charge_before_start',
      `The account began on ${agreement.startDate}; charge from then on.`,
    )
  const clientId = clientOf(customerId)
  for (const { ledgerCode } of lines) await requireOwnAccount(tx, clientId, ledgerCode)
  const next = await numbersAfter(tx, 'charge', 'charge_id', [customerId])
  const charge = toCharge(agreement, next(customerId), input)
  await store.insertCharges(tx, [charge])
  const sums = await selectLedgerSums(tx, [charge])
  await postCharges(tx, { clientId, effectiveDate: chargedOn, accountingDate, now }, [
    { customerId, chargeId: charge.chargeId, agreement, sums },
  ])
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  const detail = { amountCents: charge.amountCents }
  await auditCorrection(tx, 'chargeEvent', { ...input, chargeId: charge.chargeId }, detail)
  return charge.chargeId
}

/** A charge on a deposit would count as held, one on an arrangement as arranged. */
function requireChargeable({ kind, status }: BillableAgreement): void {
  const isCharged = kind === 'service' || kind === 'item'
  if (isCharged && status !== 'incomplete' && status !== 'cancelled') return
  throw new Refusal(
    'rule',
    'charge_not_eligible',
    `A ${status.replaceAll('_', ' ')} ${kind.replaceAll('_', ' ')} account is not charged; charge the account of a service.`,
  )
}

async function requireOwnAccount(tx: Tx, clientId: number, code: string): Promise<void> {
  const { control, name } = await findLedgerAccount(tx, clientId, { code })
  if (!control) return
  throw new Refusal(
    'rule',
    'ledger_account_control',
    `${name} is what open items sum to; name the account in which the charge is earned.`,
  )
}

function requireLines(lines: readonly EventLine[]): void {
  const wrong = lines.find(({ amountCents }) => !Number.isSafeInteger(amountCents) || amountCents === 0)
  if (lines.length > 0 && !wrong) return
  throw new Refusal(
    'rule',
    'charge_lines_empty',
    'A charge needs at least one line, and every line an amount of whole cents that is not zero.',
  )
}

function toCharge(
  { customerId, agreementId, accountNumber }: BillableAgreement,
  chargeId: number,
  { chargedOn, lines, now }: { chargedOn: LocalDate; lines: readonly EventLine[]; now: Instant },
): store.NewCharge {
  const period = { startDate: chargedOn, endDate: addDays(chargedOn, 1) }
  const key = { customerId, chargeId, agreementId, accountNumber }
  const none = { usageId: null, billId: null, runId: null, rebillsChargeId: null }
  return {
    ...key,
    ...none,
    ...period,
    kind: 'event',
    status: 'frozen',
    amountCents: lines.reduce((sum, line) => sum + line.amountCents, 0),
    asOf: now,
    engine: ENGINE,
    createdAt: now,
    frozenAt: now,
    basis: {} as Charge['basis'],
    parts: [],
    lines: lines.map((line, index) => toLine(line, chargeId, index + 1, period)),
  }
}

function toLine(
  { code, text, amountCents, ledgerCode }: EventLine,
  chargeId: number,
  lineNumber: number,
  period: { startDate: LocalDate; endDate: LocalDate },
): KeptLine {
  const nothing = {
    quantity: null,
    quantityScale: null,
    unit: null,
    touCode: null,
    price: null,
    baseCents: null,
  }
  return {
    chargeId,
    lineNumber,
    partNumber: 1,
    ruleCode: code,
    kind: 'event',
    section: 'other',
    ...nothing,
    unrounded: centsToDecimal(amountCents),
    amountCents,
    ledgerCode,
    taxCategory: null,
    ...period,
    detail: { text },
  }
}
