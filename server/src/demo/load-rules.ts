import { saveLateFeeRule } from '../domain/billing/index.ts'
import { addHoliday } from '../domain/identity/index.ts'
import { openFiscalYear } from '../domain/ledger/index.ts'
import { saveDepositRate } from '../domain/receivables/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Instant } from '../platform/time.ts'
import { DEMO_ACTOR } from './context.ts'

/** Days on which the offices of the utility and its bank are closed. */
const HOLIDAYS: readonly (readonly [day: string, name: string])[] = [
  ['2025-09-01', 'Labor Day'],
  ['2025-11-27', 'Thanksgiving'],
  ['2025-12-25', 'Christmas'],
  ['2026-01-01', 'New Year'],
  ['2026-05-25', 'Memorial Day'],
  ['2026-07-03', 'Independence Day, observed'],
  ['2026-09-07', 'Labor Day'],
  ['2026-11-26', 'Thanksgiving'],
  ['2026-12-25', 'Christmas'],
  ['2027-01-01', 'New Year'],
]

/** This will give the utility its fiscal years, holidays, late fee and interest on deposits. */
export async function loadRules(tx: Tx, clientId: number, now: Instant): Promise<void> {
  const act = { clientId, now, actor: DEMO_ACTOR }
  for (const fiscalYear of [2025, 2026]) await openFiscalYear(tx, { ...act, fiscalYear })
  for (const [holiday, name] of HOLIDAYS) await addHoliday(tx, { clientId, holiday, name })
  await saveLateFeeRule(tx, {
    ...act,
    ruleCode: 'residential',
    companyId: null,
    customerClass: null,
    debtClass: null,
    percent: '1.5',
    flatCents: 0,
    graceDays: 5,
    minimumCents: 10_00,
    capCents: 25_00,
    repeats: 'monthly',
    startDate: '2026-09-01',
    endDate: null,
  })
  await saveDepositRate(tx, { ...act, startDate: '2025-01-01', yearlyPercent: '2.5' })
}
