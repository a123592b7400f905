import { Refusal } from '../../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../../platform/money.ts'
import type { Agreement } from '../../../agreements/index.ts'
import type { AdjustmentType } from './adjustment-type.ts'

export type Direction = 'debit' | 'credit'

/** This will say whether a type is for agreements like this one; none is for deposits, whose money is held. */
export function isEligible(
  type: AdjustmentType,
  agreement: Pick<Agreement, 'kind' | 'serviceKind' | 'status'>,
): boolean {
  const { kind, serviceKind, status } = agreement
  if (kind === 'deposit' || status === 'incomplete' || status === 'cancelled') return false
  const holds = <Value>(wanted: readonly Value[], value: Value) =>
    wanted.length === 0 || wanted.includes(value)
  const services = type.serviceKinds
  return (
    type.active &&
    holds(type.agreementKinds, kind) &&
    holds(type.statuses, status) &&
    (services.length === 0 || (serviceKind !== null && services.includes(serviceKind)))
  )
}

/** This will refuse a type that is not for agreements like this one. */
export function requireEligible(type: AdjustmentType, agreement: Agreement): void {
  if (isEligible(type, agreement)) return
  if (agreement.kind === 'deposit')
    throw new Refusal(
      'rule',
      'adjustment_not_eligible',
      'A deposit is held and cannot be adjusted; refund it, waive what is not paid of it, or ask for another.',
    )
  throw new Refusal(
    'rule',
    'adjustment_not_eligible',
    `${type.name.en} is not for a ${agreement.status.replaceAll('_', ' ')} ${agreement.kind.replaceAll('_', ' ')} account; choose another type.`,
  )
}

/**
 * This will give the signed amount of an adjustment: what was asked for, else the type's own; undefined when neither is
 * there. Refuses: an amount not above zero, a direction that the type does not take or that is missing.
 */
export function signedAmount(
  type: AdjustmentType,
  given: { amountCents?: Cents; direction?: Direction },
): Cents | undefined {
  const amountCents = given.amountCents ?? type.defaultAmountCents ?? undefined
  if (amountCents === undefined) return undefined
  requireAmount(amountCents, `The amount of ${type.name.en}`)
  const direction = given.direction ?? (type.direction === 'either' ? undefined : type.direction)
  if (direction === undefined)
    throw new Refusal(
      'malformed',
      'direction_missing',
      `${type.name.en} can be a debit or a credit; say which one this is.`,
    )
  if (type.direction !== 'either' && direction !== type.direction)
    throw new Refusal('rule', 'direction_differs', `${type.name.en} is always a ${type.direction}.`)
  return direction === 'debit' ? amountCents : -amountCents
}

/** This will say that an adjustment has no amount yet. */
export function amountMissing(type: AdjustmentType): Refusal {
  return new Refusal('malformed', 'amount_missing', `${type.name.en} has no amount of its own; give one.`)
}
