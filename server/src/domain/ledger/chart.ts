/** The accounts that every client's books begin with. Revenue and tax accounts join as tariffs bring them. */
export const LEDGER = {
  receivable: 'receivable',
  overpayment: 'overpayment',
  deposit: 'deposit',
  cash: 'cash',
  clearing: 'clearing',
  budgetVariance: 'budget_variance',
  adjustment: 'adjustment',
  writeOffReceivable: 'write_off_receivable',
  writeOffExpense: 'write_off_expense',
} as const

export type LedgerAccountKind = 'asset' | 'liability' | 'revenue' | 'expense' | 'clearing'

export interface LedgerAccount {
  code: string
  name: string
  kind: LedgerAccountKind
  /** Its balance must equal the open items of the agreements it stands for. */
  control: boolean
}

const account = (code: string, name: string, kind: LedgerAccountKind, control = false): LedgerAccount => ({
  code,
  name,
  kind,
  control,
})

export const CHART: readonly LedgerAccount[] = [
  account(LEDGER.receivable, 'Accounts receivable', 'asset', true),
  account(LEDGER.writeOffReceivable, 'Receivables written off, still collectable', 'asset', true),
  account(LEDGER.overpayment, 'Customer overpayments', 'liability', true),
  account(LEDGER.deposit, 'Customer deposits', 'liability', true),
  account(LEDGER.cash, 'Cash', 'asset'),
  account(LEDGER.clearing, 'Clearing between customers', 'clearing'),
  account(LEDGER.budgetVariance, 'Budget billing variance', 'liability'),
  account(LEDGER.adjustment, 'Adjustments', 'revenue'),
  account(LEDGER.writeOffExpense, 'Bad debt expense', 'expense'),
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

/** This will name the control account in which an agreement of a kind keeps what is owed. */
export function controlAccount(agreementKind: string): string {
  if (agreementKind === 'overpayment') return LEDGER.overpayment
  if (agreementKind === 'deposit') return LEDGER.deposit
  if (agreementKind === 'write_off') return LEDGER.writeOffReceivable
  return LEDGER.receivable
}
