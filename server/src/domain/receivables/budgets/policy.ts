import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'
import { getClient } from '../../identity/index.ts'

/** What a client may decide about budget billing, under `budgets` of its settings. */
const BudgetPolicy = z.object({
  /** Classes of customers that may have one. */
  classes: z
    .array(z.enum(['residential', 'commercial', 'industrial', 'internal']))
    .default(['residential', 'commercial']),
  /** How many days have to be charged before one starts. */
  minHistoryDays: z.int().min(0).max(365).default(0),
  months: z.int().min(1).max(24).default(12),
  /** What happens with the difference after the last month: the next budget carries it, or the last bill asks for it. */
  trueUp: z.enum(['roll', 'settle']).default('roll'),
  /** Whether a new budget follows the last month. */
  renew: z.boolean().default(true),
  roundUpCents: z.int().min(1).default(100),
  /** A new amount is proposed when the projected difference is more than this share of a year's budget and this amount. */
  variancePercent: z.int().min(1).max(100).default(20),
  varianceMinCents: z.int().min(0).default(5000),
  varianceAfterMonths: z.int().min(1).default(3),
  /** The budget is over when a debt is past due for longer; null: never. */
  removePastDueDays: z.int().min(0).nullable().default(60),
})
export type BudgetPolicy = z.infer<typeof BudgetPolicy>

/** This will read what a client decided about budget billing; what it left open has its default. */
export async function budgetPolicy(tx: Tx, clientId: number): Promise<BudgetPolicy> {
  const { settings } = await getClient(tx, clientId)
  return BudgetPolicy.parse(settings.budgets ?? {})
}
