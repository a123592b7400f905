import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { tariffVersions } from '../../tariffs/index.ts'
import type { AgreementKey, BillableAgreement, Exemption } from '../agreement.ts'
import { updateExemptionEnd } from '../store/term.ts'
import { lockAgreement } from './agreement.ts'
import { addExemption } from './term.ts'

export interface ExemptionWish extends AgreementKey {
  kind: Exemption['kind']
  /** Of an exemption from taxes: which ones, and how much of them; 0 to 1. */
  taxCategories?: readonly string[]
  share?: string
  certificate?: string
  reason?: string
  startDate: LocalDate
  endDate?: LocalDate
  now: Instant
  actor: Actor
}

/**
 * This will exempt an agreement for a time from a kind of step or fee, or from taxes that its plans charge, and answer the
 * numbers: one for each tax. Refuses taxes without a share, what only taxes have on anything else, a tax that none of its
 * plans charges, and what it is exempt from in that time already. Locks the customer.
 */
export async function exemptAgreement(tx: Tx, input: ExemptionWish): Promise<number[]> {
  const { now, actor, kind, taxCategories = [], ...rest } = input
  const agreement = await lockAgreement(tx, input)
  checkTaxParts(input)
  if (kind === 'tax') await requireCharged(tx, agreement, taxCategories)
  const numbers: number[] = []
  for (const taxCategory of kind === 'tax' ? taxCategories : [undefined])
    numbers.push(await addExemption(tx, { ...rest, kind, ...(taxCategory && { taxCategory }) }))
  const { startDate, endDate, share } = input
  const detail = { numbers, kind, startDate, ...(endDate && { endDate }), ...(share && { share }) }
  await record(tx, { ...input, now, actor }, 'exemptAgreement', detail)
  return numbers
}

function checkTaxParts({ kind, taxCategories = [], share, certificate }: ExemptionWish): void {
  const ofTax = taxCategories.length > 0 || share !== undefined || certificate !== undefined
  if (kind !== 'tax' && ofTax)
    throw new Refusal(
      'rule',
      'exemption_not_tax',
      'A share, tax types and a certificate belong to exemptions from taxes only; leave them out.',
    )
  if (kind === 'tax' && (taxCategories.length === 0 || share === undefined))
    throw new Refusal(
      'rule',
      'exemption_incomplete',
      'Say from which taxes the account is exempt, and how much of them.',
    )
}

async function requireCharged(
  tx: Tx,
  { customerId, plans }: BillableAgreement,
  wanted: readonly string[],
): Promise<void> {
  const ids = plans.map((plan) => plan.tariffId)
  const versions = await tariffVersions(tx, clientOf(customerId), ids)
  const rules = versions.flatMap(({ document }) => document.versions.flatMap((version) => version.rules))
  const known = new Set(rules.flatMap((rule) => rule.taxCategory ?? []))
  const unknown = wanted.find((one) => !known.has(one))
  if (unknown === undefined) return
  throw new Refusal(
    'rule',
    'tax_category_unknown',
    `No plan of the account charges the tax ${unknown}; ${known.size === 0 ? 'they charge none' : `they charge ${[...known].join(', ')}`}.`,
  )
}

/**
 * This will end exemptions of an agreement on a day, the first on which they no longer count. One that begins later ends on
 * its start and never counts; one that ends earlier stays as it is. Refuses an unknown number. Locks the customer.
 */
export async function endExemptions(
  tx: Tx,
  input: AgreementKey & { numbers: readonly number[]; endDate: LocalDate; now: Instant; actor: Actor },
): Promise<void> {
  const { numbers, endDate } = input
  const { exemptions } = await lockAgreement(tx, input)
  const wanted = [...new Set(numbers)].map((number) => {
    const one = exemptions.find((exemption) => exemption.exemptionNumber === number)
    if (one) return one
    throw new Refusal('not_found', 'exemption_unknown', `The account has no exemption ${number}.`)
  })
  for (const one of wanted) {
    const end = endDate < one.startDate ? one.startDate : endDate
    if (one.endDate === null || end < one.endDate) await updateExemptionEnd(tx, one, end)
  }
  await record(tx, input, 'endExemptions', { numbers, endDate })
}

async function record(
  tx: Tx,
  { customerId, agreementId, now, actor }: AgreementKey & { now: Instant; actor: Actor },
  operation: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const subject = `agreement:${customerId}-${agreementId}`
  await audit(tx, { clientId: clientOf(customerId), at: now, actor, operation, subject, detail })
}
