import type { LocalDate } from '../../platform/time.ts'

/** The accounts that every client's books begin with. Revenue and tax accounts join as tariffs bring them. */
export const LEDGER = {
  receivable: 'receivable',
  overpayment: 'overpayment',
  depositReceivable: 'deposit_receivable',
  depositHeld: 'deposit',
  deferredReceivable: 'deferred_receivable',
  cash: 'cash',
  clearing: 'clearing',
  suspense: 'unapplied_cash',
  refundsPayable: 'refunds_payable',
  adjustment: 'adjustment',
  smallBalance: 'small_balance',
  feeRevenue: 'revenue_fee',
  lateFeeRevenue: 'revenue_late_fee',
  interestExpense: 'interest_expense',
  writeOffReceivable: 'write_off_receivable',
  writeOffAllowance: 'write_off_allowance',
  writeOffExpense: 'write_off_expense',
  writeOffRecovery: 'write_off_recovery',
} as const

export type LedgerAccountKind = 'asset' | 'liability' | 'revenue' | 'expense' | 'clearing'

export interface LedgerAccount {
  code: string
  name: string
  kind: LedgerAccountKind
  /** Its balance must equal the open items of the agreements it stands for. */
  control: boolean
}

/** An account as a client's chart has it; agency, general ledger and number together name it for another system. */
export interface ChartAccount extends LedgerAccount {
  agencyId: number
  generalLedgerId: number
  generalLedgerName: string
  accountNumber: number
  /** Not active: nothing more is posted to it. */
  active: boolean
}

/** An account of the system that the books are exported to, in which ledger accounts are summed up. */
export interface GeneralLedger {
  agencyId: number
  generalLedgerId: number
  name: string
  /** How that system writes it, for accounting dates from a day on. */
  strings: { from: LocalDate; accountString: string }[]
}

/** The governing agency that every client's chart begins with. */
export const COMPANY_AGENCY = { agencyId: 1, name: 'Company' }

/** The general ledgers that every client's chart begins with; an account goes into that of its kind unless told. */
export const KIND_LEDGERS: Readonly<Record<LedgerAccountKind, Omit<GeneralLedger, 'agencyId' | 'strings'>>> =
  {
    asset: { generalLedgerId: 1, name: 'Assets' },
    liability: { generalLedgerId: 2, name: 'Liabilities' },
    revenue: { generalLedgerId: 3, name: 'Revenue' },
    expense: { generalLedgerId: 4, name: 'Expenses' },
    clearing: { generalLedgerId: 5, name: 'Clearing' },
  }

const account = (code: string, name: string, kind: LedgerAccountKind, control = false): LedgerAccount => ({
  code,
  name,
  kind,
  control,
})

export const CHART: readonly LedgerAccount[] = [
  account(LEDGER.receivable, 'Accounts receivable', 'asset', true),
  account(LEDGER.depositReceivable, 'Deposits asked for', 'asset', true),
  account(LEDGER.writeOffReceivable, 'Receivables written off, still collectable', 'asset', true),
  account(LEDGER.overpayment, 'Customer overpayments', 'liability', true),
  account(LEDGER.deferredReceivable, 'Receivables not asked for yet', 'asset'),
  account(LEDGER.depositHeld, 'Customer deposits held', 'liability'),
  account(LEDGER.cash, 'Cash', 'asset'),
  account(LEDGER.clearing, 'Clearing between customers', 'clearing'),
  account(LEDGER.suspense, 'Unapplied cash', 'liability'),
  account(LEDGER.refundsPayable, 'Refunds payable', 'liability'),
  account(LEDGER.writeOffAllowance, 'Allowance for receivables written off', 'asset'),
  account(LEDGER.writeOffExpense, 'Bad debt expense', 'expense'),
  account(LEDGER.writeOffRecovery, 'Bad debt recovered', 'expense'),
  account(LEDGER.interestExpense, 'Interest on deposits', 'expense'),
  account(LEDGER.adjustment, 'Adjustments', 'revenue'),
  account(LEDGER.smallBalance, 'Small balances written up and down', 'revenue'),
  account(LEDGER.feeRevenue, 'Revenue: fees', 'revenue'),
  account(LEDGER.lateFeeRevenue, 'Revenue: late fees', 'revenue'),
  ...['energy', 'demand', 'fixed', 'rider', 'minimum', 'credit'].map(revenueAccount),
  taxAccount('other'),
]

/** This will name the account in which a revenue class of a tariff is earned. */
export function revenueAccount(revenueClass: string): LedgerAccount {
  return account(`revenue_${revenueClass}`, `Revenue: ${revenueClass}`, 'revenue')
}

/** This will name the account in which a tax is owed to its authority. */
export function taxAccount(taxCategory: string): LedgerAccount {
  return account(`tax_payable_${taxCategory}`, `Tax payable: ${taxCategory}`, 'liability')
}

/** This will find the account of a priced line: taxes are owed, everything else is earned. */
export function accountOfLine(revenueClass: string, taxCategory: string | undefined): LedgerAccount {
  return revenueClass === 'tax' ? taxAccount(taxCategory ?? 'other') : revenueAccount(revenueClass)
}

/** This will name the control account in which an agreement of a kind keeps what is asked of it now. */
export function controlAccount(agreementKind: string): string {
  if (agreementKind === 'overpayment') return LEDGER.overpayment
  if (agreementKind === 'deposit') return LEDGER.depositReceivable
  if (agreementKind === 'write_off') return LEDGER.writeOffReceivable
  return LEDGER.receivable
}

/** This will name the account in which an agreement of a kind keeps what is owed, or held, but not asked for. */
export function deferralAccount(agreementKind: string): string {
  return agreementKind === 'deposit' ? LEDGER.depositHeld : LEDGER.deferredReceivable
}
