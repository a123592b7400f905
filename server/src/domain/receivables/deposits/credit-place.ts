import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type Agreement, agreementsOfAccounts, getAgreement, startAgreement } from '../../agreements/index.ts'
import type { AccountKey } from '../../customers/index.ts'

/**
 * This will find where an account keeps a credit until something is owed: its overpayment agreement, started when there
 * is none. The customer is locked by the caller.
 */
export async function overpaymentAgreement(
  tx: Tx,
  { customerId, accountNumber, startDate, now }: AccountKey & { startDate: LocalDate; now: Instant },
): Promise<Agreement> {
  const own = await agreementsOfAccounts(tx, [{ customerId, accountNumber }])
  const present = own.find(
    ({ kind, status }) => kind === 'overpayment' && status !== 'closed' && status !== 'cancelled',
  )
  if (present) return present
  const start = { customerId, accountNumber, kind: 'overpayment' as const, startDate, now }
  return await getAgreement(tx, { customerId, agreementId: await startAgreement(tx, start) })
}

/** This will find the agreement to which a deposit's interest is credited: the service that it secures, else the account's. */
export async function creditedAgreement(
  tx: Tx,
  input: AccountKey & { coversAgreementId: number | null; startDate: LocalDate; now: Instant },
): Promise<Agreement> {
  const own = await agreementsOfAccounts(tx, [input])
  const served = own.filter(({ kind, status }) => kind === 'service' && LIVE.has(status))
  const covered = served.find(({ agreementId }) => agreementId === input.coversAgreementId)
  return covered ?? served[0] ?? (await overpaymentAgreement(tx, input))
}

const LIVE = new Set(['active', 'pending_stop', 'stopped', 'reopened'])
