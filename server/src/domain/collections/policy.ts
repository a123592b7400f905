import { z } from 'zod'
import type { Tx } from '../../platform/db/index.ts'
import { getClient } from '../identity/index.ts'

const points = (good: number, cashOnly = 0) =>
  z.object({ points: z.number().int(), cashOnlyPoints: z.number().int().min(0) }).default({
    points: good,
    cashOnlyPoints: cashOnly,
  })

const CreditPolicy = z.object({
  startScore: z.number().int().default(900),
  /** An account that falls below is asked for a deposit. */
  depositBelow: z.number().int().default(600),
  /** From so many points on only cash is taken. */
  cashOnlyFrom: z.number().int().default(100),
  /** How long points count. */
  months: z.number().int().min(1).default(12),
  returned_payment: points(-100, 50),
  late_payment: points(-50),
  cut: points(-150),
  broken_promise: points(-75),
  write_off: points(-300),
  bankruptcy: points(-200),
})

/** What a client may decide about collections, under `collections` of its settings. */
const CollectionsPolicy = z.object({
  /** Debt for which service of these classes may be cut; a competitive supplier has no right to. */
  severableDebtClasses: z.array(z.string()).default(['regulated', 'arrangement', 'deposit']),
  /** The fee that each reconnection after a cut costs, a type of adjustment; null: none. */
  reconnectFee: z.string().nullable().default('reconnect_fee'),
  agencyCode: z.string().default('agency'),
  /** How long a doctor's certificate protects, and a supervisor's hold, at most. */
  medicalDays: z.number().int().min(1).default(60),
  holdDays: z.number().int().min(1).default(90),
  /** A small balance (by the policy of adjustments) of a stopped agreement is written off after so many days. */
  smallBalanceDays: z.number().int().min(0).default(30),
  credit: CreditPolicy.prefault({}),
})
export type CollectionsPolicy = z.infer<typeof CollectionsPolicy>

/** This will read what a client decided about collections; what it left open has its default. */
export async function collectionsPolicy(tx: Tx, clientId: number): Promise<CollectionsPolicy> {
  const { settings } = await getClient(tx, clientId)
  return CollectionsPolicy.parse(settings.collections ?? {})
}
