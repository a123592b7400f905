import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { BillableAgreement } from '../../agreements/index.ts'
import { clientOf } from '../../customers/index.ts'
import { getPremises } from '../../premises/index.ts'
import { activeShields } from '../../receivables/index.ts'
import type { Exclusion } from '../debt/arrears.ts'
import {
  selectClasses,
  selectForbiddingAlerts,
  selectMoratoria,
  selectProtections,
} from '../store/protection.ts'
import { countsOn, type Moratorium, type Obstacle, type Protection } from './protection.ts'

/** What stands in the way of collecting from some customers on a day. */
export interface Shelter {
  obstacles: Obstacle[]
  exclusions: Exclusion[]
  protections: Protection[]
}

/**
 * This will read everything that forbids or lessens collecting from customers of one client on a day: protections,
 * moratoria, exemptions, flags and alerts, and the promises that shield debt.
 */
export async function shelterOf(
  tx: Tx,
  agreements: readonly BillableAgreement[],
  customerIds: readonly number[],
  day: LocalDate,
): Promise<Shelter> {
  const protections = (await selectProtections(tx, customerIds)).filter((one) => countsOn(one, day))
  const shields = await activeShields(tx, customerIds, day)
  const alerts = await selectForbiddingAlerts(tx, customerIds, day)
  return {
    protections,
    exclusions: [
      ...protections.flatMap(exclusionOf),
      ...shields
        .filter((one) => one.agreementId !== null)
        .map(({ customerId, accountNumber, agreementId }) => ({
          ...{ customerId, accountNumber, agreementId },
          amountCents: null,
        })),
    ],
    obstacles: [
      ...protections.flatMap(obstacleOf),
      ...agreements.flatMap((agreement) => ofAgreement(agreement, day)),
      ...alerts.map((alert) => ofAlert(alert)),
      ...shields.map(({ customerId, accountNumber, agreementId, debtClasses }) => ({
        ...{ customerId, accountNumber, agreementId, debtClasses },
        forbids: 'all' as const,
        source: 'promise',
      })),
      ...(await moratoriaFor(tx, agreements, customerIds, day)),
    ],
  }
}

function obstacleOf(one: Protection): Obstacle[] {
  if (one.forbids === 'amount') return []
  const { customerId, accountNumber, agreementId, forbids } = one
  return [{ customerId, accountNumber, agreementId, forbids, source: `protection:${one.protectionNumber}` }]
}

/** What one agreement alone is protected from is not the account's debt for the time. */
function exclusionOf(one: Protection): Exclusion[] {
  const { customerId, accountNumber, agreementId, forbids, amountCents } = one
  if (forbids !== 'amount' && (forbids !== 'all' || agreementId === null)) return []
  return [{ customerId, accountNumber, agreementId, amountCents: forbids === 'amount' ? amountCents : null }]
}

function ofAgreement(agreement: BillableAgreement, day: LocalDate): Obstacle[] {
  const { customerId, accountNumber, agreementId } = agreement
  const own = { customerId, accountNumber, agreementId }
  const exempt = agreement.exemptions
    .filter((one) => countsOn(one, day) && (one.kind === 'collections' || one.kind === 'life_support'))
    .map(({ kind }) => ({ kind, forbids: kind === 'collections' ? ('all' as const) : ('cut' as const) }))
    .map(({ kind, forbids }) => ({
      ...own,
      ...(kind === 'collections' && { agreementId: null }),
      forbids,
      source: `exemption:${kind}`,
    }))
  const flagged = agreement.flags
    .filter((one) => countsOn(one, day) && one.flag === 'hold')
    .map(({ flag }) => ({ ...own, forbids: 'cut' as const, source: `flag:${flag}` }))
  return [...exempt, ...flagged]
}

function ofAlert({ customerId, kind }: { customerId: number; kind: string }): Obstacle {
  const forbids = kind === 'legal_hold' ? ('all' as const) : ('cut' as const)
  return { customerId, accountNumber: null, agreementId: null, forbids, source: `alert:${kind}` }
}

async function moratoriaFor(
  tx: Tx,
  agreements: readonly BillableAgreement[],
  customerIds: readonly number[],
  day: LocalDate,
): Promise<Obstacle[]> {
  const [someone] = customerIds
  if (someone === undefined) return []
  const all = await selectMoratoria(tx, clientOf(someone))
  const running = all.filter((one) => countsOn(one, day))
  if (running.length === 0) return []
  const classes = await selectClasses(tx, customerIds)
  const premiseIds = [...new Set(agreements.flatMap((one) => one.premiseId ?? []))]
  const codes = new Map((await getPremises(tx, premiseIds)).map((one) => [one.premiseId, one.postalCode]))
  return agreements.flatMap((agreement) =>
    running
      .filter((one) => isFor(one, classes.get(agreement.customerId), codes.get(agreement.premiseId ?? 0)))
      .map((one) => ({
        customerId: agreement.customerId,
        accountNumber: agreement.accountNumber,
        agreementId: one.forbids === 'all' ? null : agreement.agreementId,
        forbids: one.forbids,
        source: `moratorium:${one.moratoriumId}`,
      })),
  )
}

function isFor(one: Moratorium, customerClass: string | undefined, postalCode = ''): boolean {
  const classes: readonly string[] = one.customerClasses
  return (
    (classes.length === 0 || classes.includes(customerClass ?? '')) &&
    (one.postalCodes.length === 0 || one.postalCodes.some((start) => postalCode.startsWith(start)))
  )
}
