import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import { clientOf } from '../../customers/index.ts'
import { type RatedCharge, type RatingInput, rate, type Usage } from '../../rating/index.ts'
import { tariffVersions } from '../../tariffs/index.ts'
import { getUsage, loadSource, type Usage as StoredUsage } from '../../usage/index.ts'
import type { BillKey } from '../bills/bill.ts'
import type { ChargeLine } from '../charges/charge.ts'
import { compiled } from '../pricing/gather.ts'
import { spanOf, toChannel, toRatingQuantity } from '../pricing/usage-of.ts'
import { getBill, type WholeBill, type WholeCharge } from '../queries.ts'

export interface ExplainedCharge {
  charge: WholeCharge
  /** What pricing it again, from the same versions of everything, comes to. */
  again: RatedCharge
  differences: LineDifference[]
}

export interface LineDifference {
  lineNumber: number
  storedCents: Cents | null
  againCents: Cents | null
}

export interface ExplainedBill {
  bill: WholeBill
  charges: ExplainedCharge[]
  /** Every line came out to the cent, and all sums hold. */
  reproduced: boolean
}

/**
 * This will price every charge of a bill again from what it saw: the versions of its measurements, its plan versions,
 * facts and history; and compare line by line. Refuses an unknown bill.
 */
export async function explainBill(tx: Tx, key: BillKey): Promise<ExplainedBill> {
  const bill = await getBill(tx, key)
  const charges: ExplainedCharge[] = []
  for (const charge of bill.charges) charges.push(await explainCharge(tx, charge))
  const sum = charges.reduce((total, { again }) => total + again.amountCents, 0)
  const sumsHold =
    sum === bill.chargesCents &&
    bill.amountDueCents === bill.previousCents + bill.creditsCents + bill.chargesCents
  return { bill, charges, reproduced: sumsHold && charges.every((one) => one.differences.length === 0) }
}

/** This will price a charge again from what it saw. */
export async function explainCharge(tx: Tx, charge: WholeCharge): Promise<ExplainedCharge> {
  if (charge.kind === 'event') return { charge, again: asEntered(charge), differences: [] }
  const again = rate(await storedInput(tx, charge))
  return { charge, again, differences: differencesOf(charge.lines, again) }
}

/** What was entered by hand is its own reason. */
function asEntered({ lines, basis }: WholeCharge): RatedCharge {
  const amountCents = lines.reduce((sum, line) => sum + line.amountCents, 0)
  const quality = { count: 0, estimated: 0, missing: 0 }
  return { lines: [], amountCents, parts: [], quantities: [], quality, warnings: [], carry: basis.carry }
}

/** This will read back everything that a charge was priced from. */
export async function storedInput(tx: Tx, charge: WholeCharge): Promise<RatingInput> {
  const { timeZone, facts, history } = charge.basis
  return {
    versions: await storedVersions(tx, charge),
    period: { start: charge.startDate, end: charge.endDate },
    timeZone,
    usage: await storedUsage(tx, charge),
    facts: { ...facts, ...(history && { history }) },
    trace: true,
  }
}

async function storedVersions(
  tx: Tx,
  { customerId, parts, basis }: WholeCharge,
): Promise<RatingInput['versions']> {
  const tariffIds = [...new Set(parts.map((part) => part.tariffId))]
  const stored = await tariffVersions(tx, clientOf(customerId), tariffIds)
  return parts.map((part, index) => {
    const text = stored.find((one) => one.tariffId === part.tariffId && one.version === part.tariffVersion)
    if (!text) throw new Error(`tariff ${part.tariffId} has no version ${part.tariffVersion} any more`)
    const ready = compiled(text, basis.shared)
    return index > 0 && part.startDate > ready.effectiveFrom
      ? { ...ready, effectiveFrom: part.startDate }
      : ready
  })
}

async function storedUsage(tx: Tx, charge: WholeCharge): Promise<Usage> {
  if (charge.usageId === null) throw new Error(`charge ${charge.chargeId} has no usage`)
  const usage = await getUsage(tx, { customerId: charge.customerId, usageId: charge.usageId })
  if (usage.sources.length === 0)
    return { kind: 'quantities', quantities: countedOf(usage).map(toRatingQuantity) }
  const span = spanOf({ start: charge.startDate, end: charge.endDate }, charge.basis.timeZone)
  const channels = []
  for (const source of usage.sources) {
    const series = await loadSource(tx, source)
    if (!series)
      throw new Error(`series ${source.seriesNumber} of service point ${source.servicePointId} is gone`)
    const { sign, percent, servicePointId } = source
    const exchangesSeconds = charge.basis.exchanges?.[servicePointId]
    channels.push(toChannel({ series, sign, percent, exchangesSeconds }, span))
  }
  return { kind: 'interval', channels }
}

/** What came in; a measured usage also keeps what the plan derived from it. */
function countedOf({ source, quantities }: StoredUsage): StoredUsage['quantities'] {
  return source === 'measured' ? quantities.filter(({ kind }) => !kind || kind === 'received') : quantities
}

function differencesOf(lines: readonly ChargeLine[], again: RatedCharge): LineDifference[] {
  const count = Math.max(lines.length, again.lines.length)
  return Array.from({ length: count }, (_, index) => ({
    lineNumber: index + 1,
    storedCents: lines[index]?.amountCents ?? null,
    againCents: again.lines[index]?.amountCents ?? null,
  })).filter((line) => line.storedCents !== line.againCents)
}
