import type { Cents } from '../../../../platform/money.ts'
import type { AgreementKind, AgreementStatus } from '../../../agreements/index.ts'
import { LEDGER } from '../../../ledger/index.ts'
import type { ServiceKind } from '../../../metering/index.ts'

/** What a client lets its staff and its own rules post: as data. */
export interface AdjustmentType {
  code: string
  name: { en: string; es: string }
  /** A transfer is one half of a balance that moves; a fee is asked for a service rendered. */
  purpose: 'correction' | 'fee' | 'transfer'
  direction: 'debit' | 'credit' | 'either'
  /** The account of the books against which the debt changes. */
  ledgerCode: string
  /** Null: the debt is of the agreement's own class. */
  debtClass: string | null
  defaultAmountCents: Cents | null
  /** Empty: every kind but deposits. */
  agreementKinds: AgreementKind[]
  /** Empty: every service, and agreements without one. */
  serviceKinds: ServiceKind[]
  /** Empty: every status in which an agreement can owe. */
  statuses: AgreementStatus[]
  /** Whether a bill gives it a line of its own; it always counts in the total. */
  onBill: boolean
  /** Above this another person must approve; null: never. */
  approvalAboveCents: Cents | null
  active: boolean
}

const PLAIN = {
  purpose: 'correction',
  debtClass: null,
  defaultAmountCents: null,
  agreementKinds: [],
  serviceKinds: [],
  statuses: [],
  onBill: true,
  approvalAboveCents: null,
  active: true,
} as const satisfies Partial<AdjustmentType>

type Given = Pick<AdjustmentType, 'direction' | 'ledgerCode'> & Partial<AdjustmentType>

function type(code: string, en: string, es: string, given: Given): AdjustmentType {
  return { ...PLAIN, agreementKinds: [], serviceKinds: [], statuses: [], ...given, code, name: { en, es } }
}

function fee(
  code: string,
  en: string,
  es: string,
  defaultAmountCents: Cents | null,
  given: Partial<AdjustmentType> = {},
): AdjustmentType {
  const feeOnly = { purpose: 'fee', direction: 'debit', ledgerCode: LEDGER.feeRevenue } as const
  return type(code, en, es, { ...feeOnly, agreementKinds: ['service'], defaultAmountCents, ...given })
}

const credit = { direction: 'credit', ledgerCode: LEDGER.adjustment } as const

/** The type that every transfer of a balance has unless another is named. */
export const BALANCE_TRANSFER = 'balance_transfer'
export const SMALL_BALANCE_DOWN = 'small_balance_write_down'
export const SMALL_BALANCE_UP = 'small_balance_write_up'

/** What a client begins with. */
export const FIRST_TYPES: readonly AdjustmentType[] = [
  type('courtesy_credit', 'Courtesy credit', 'Crédito de cortesía', {
    ...credit,
    approvalAboveCents: 100_00,
  }),
  type('goodwill', 'Goodwill credit', 'Crédito de buena voluntad', { ...credit, approvalAboveCents: 50_00 }),
  type('service_guarantee', 'Service guarantee credit', 'Crédito por garantía de servicio', credit),
  type('billing_correction', 'Billing correction', 'Corrección de factura', {
    direction: 'either',
    ledgerCode: LEDGER.adjustment,
    approvalAboveCents: 500_00,
  }),
  type('deposit_interest', 'Deposit interest', 'Intereses del depósito', {
    direction: 'credit',
    ledgerCode: LEDGER.interestExpense,
  }),
  type(SMALL_BALANCE_DOWN, 'Small balance written off', 'Saldo pequeño cancelado', {
    direction: 'credit',
    ledgerCode: LEDGER.smallBalance,
    onBill: false,
  }),
  type(SMALL_BALANCE_UP, 'Small credit balance closed', 'Saldo pequeño a favor cerrado', {
    direction: 'debit',
    ledgerCode: LEDGER.smallBalance,
    onBill: false,
  }),
  type(BALANCE_TRANSFER, 'Balance transfer', 'Transferencia de saldo', {
    purpose: 'transfer',
    direction: 'either',
    ledgerCode: LEDGER.clearing,
  }),
  fee('late_fee', 'Late fee', 'Cargo por pago tardío', null, { ledgerCode: LEDGER.lateFeeRevenue }),
  fee('returned_payment_fee', 'Returned payment fee', 'Cargo por pago devuelto', 25_00, {
    agreementKinds: [],
  }),
  fee('reconnect_fee', 'Reconnection fee', 'Cargo por reconexión', 35_00),
  fee('connect_fee', 'Service start fee', 'Cargo por inicio de servicio', 20_00, {
    statuses: ['pending_start', 'active', 'pending_stop'],
  }),
  fee('trip_fee', 'Field trip fee', 'Cargo por visita técnica', 25_00),
  fee('meter_test_fee', 'Meter test fee', 'Cargo por prueba de medidor', 40_00, {
    statuses: ['active', 'pending_stop'],
  }),
  fee('duplicate_bill_fee', 'Duplicate bill fee', 'Cargo por copia de factura', 2_00, { debtClass: 'fee' }),
  fee('collection_fee', 'Collection fee', 'Cargo por cobranza', 20_00, { debtClass: 'fee' }),
  fee('tamper_fee', 'Meter tampering fee', 'Cargo por manipulación del medidor', 150_00, {
    approvalAboveCents: 250_00,
  }),
]
