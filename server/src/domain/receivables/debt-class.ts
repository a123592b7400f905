import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import { type Actor, audit } from '../identity/index.ts'
import * as store from './store/debt-class.ts'

/** What kind of debt an agreement makes: decides in which order money pays it, and how it is collected. */
export interface DebtClass {
  code: string
  name: string
  /** 1 to 99, 1 is paid first. */
  payPriority: number
}

/** What a client begins with. */
const FIRST_CLASSES: readonly DebtClass[] = [
  { code: 'deposit', name: 'Deposits', payPriority: 5 },
  { code: 'regulated', name: 'Regulated service', payPriority: 10 },
  { code: 'arrangement', name: 'Payment arrangements', payPriority: 15 },
  { code: 'supply', name: 'Competitive supply', payPriority: 20 },
  { code: 'fee', name: 'Fees and one-off items', payPriority: 30 },
  { code: 'other', name: 'Other', payPriority: 50 },
  { code: 'written_off', name: 'Written off', payPriority: 90 },
  { code: 'bankruptcy', name: 'Frozen by bankruptcy', payPriority: 95 },
]

/** What a debt class that the client never described counts as. */
export const DEFAULT_PAY_PRIORITY = 50

/** This will give a client its first debt classes. Again: nothing more happens. */
export async function openDebtClasses(tx: Tx, clientId: number): Promise<void> {
  await store.insertDebtClasses(tx, clientId, FIRST_CLASSES)
}

/** This will add a debt class or change its name and priority. Refuses: a priority outside 1 to 99, an empty code or name. */
export async function saveDebtClass(
  tx: Tx,
  input: DebtClass & { clientId: number; now: Instant; actor: Actor },
): Promise<void> {
  const { clientId, now, actor, ...one } = input
  if (!/^[a-z][a-z0-9_]{0,29}$/.test(one.code) || one.name.trim() === '')
    throw new Refusal(
      'malformed',
      'debt_class_malformed',
      'A debt class needs a name and a code of small letters, digits and underscores.',
    )
  if (!Number.isInteger(one.payPriority) || one.payPriority < 1 || one.payPriority > 99)
    throw new Refusal('rule', 'pay_priority_range', 'A pay priority is a whole number from 1 to 99.')
  await store.upsertDebtClass(tx, clientId, one)
  const subject = `debt_class:${one.code}`
  await audit(tx, { clientId, at: now, actor, operation: 'saveDebtClass', subject, detail: { ...one } })
}

/** This will list a client's debt classes in the order in which money pays them. */
export function debtClasses(tx: Tx, clientId: number): Promise<DebtClass[]> {
  return store.selectDebtClasses(tx, clientId)
}
