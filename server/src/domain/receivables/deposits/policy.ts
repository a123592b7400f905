import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'
import type { Customer } from '../../customers/index.ts'
import { getClient } from '../../identity/index.ts'

/** How many average bills a deposit is. */
const DepositClass = z.object({ averageBills: z.int().min(1).max(12) })

/** What a client may decide about deposits, under `deposits` of its settings. */
const DepositPolicy = z.object({
  /** By customer class; a class that is not named pays two average bills. */
  classes: z
    .partialRecord(z.enum(['residential', 'commercial', 'industrial', 'internal']), DepositClass)
    .default({}),
  /** A recommended deposit is rounded up to this. */
  roundUpCents: z.int().min(1).default(500),
  maxInstalments: z.int().min(1).max(24).default(3),
  /** A year has as many days for interest. */
  interestDays: z.literal([360, 365]).default(365),
  /** How many bills in a row have to be paid on time before it is given back. */
  goodBills: z.int().min(1).default(12),
  /** A payment so many days after the due date is still on time. */
  graceDays: z.int().min(0).default(5),
  refundTo: z.enum(['account', 'check']).default('account'),
})
export type DepositPolicy = z.infer<typeof DepositPolicy>

const USUAL_AVERAGE_BILLS = 2

/** This will read what a client decided about deposits; what it left open has its default. */
export async function depositPolicy(tx: Tx, clientId: number): Promise<DepositPolicy> {
  const { settings } = await getClient(tx, clientId)
  return DepositPolicy.parse(settings.deposits ?? {})
}

/** This will tell how many average bills a class of customers pays as deposit. */
export function averageBills(policy: DepositPolicy, customerClass: Customer['class']): number {
  return policy.classes[customerClass]?.averageBills ?? USUAL_AVERAGE_BILLS
}
