import type { Tx } from '../../../platform/db/index.ts'
import { clientOf } from '../../customers/index.ts'
import { pricedVersions } from '../../tariffs/index.ts'
import { selectLines, selectParts } from '../store/charge.ts'
import type { Charge, ChargeLine, ChargePart, KeptLine } from './charge.ts'
import { detailOf } from './line-words.ts'

/** A charge with its parts and lines. */
export interface WholeCharge extends Charge {
  parts: ChargePart[]
  lines: ChargeLine[]
}

/**
 * This will read the parts and lines of charges of a customer. A line is kept as numbers and facts; what it says in words
 * is made here, of these and of its plan version, which never changes.
 */
export async function wholeCharges(
  tx: Tx,
  customerId: number,
  charges: readonly Charge[],
): Promise<WholeCharge[]> {
  if (charges.length === 0) return []
  const ids = charges.map((charge) => charge.chargeId)
  const allParts = await selectParts(tx, customerId, ids)
  const parts = Map.groupBy(allParts, (part) => part.chargeId)
  const lines = Map.groupBy(await selectLines(tx, customerId, ids), (line) => line.chargeId)
  const keys = allParts.map(({ tariffId, tariffVersion }) => ({ tariffId, version: tariffVersion }))
  const versions = await pricedVersions(tx, clientOf(customerId), keys)
  return charges.map((charge) => {
    const own = parts.get(charge.chargeId) ?? []
    const versionOf = (line: KeptLine) => {
      const part = own.find(({ partNumber }) => partNumber === line.partNumber)
      return versions.find((one) => one.tariffId === part?.tariffId && one.version === part.tariffVersion)
    }
    const worded = (lines.get(charge.chargeId) ?? []).map((line) => ({
      ...line,
      detail: detailOf(line, charge.basis, versionOf(line)),
    }))
    return { ...charge, parts: own, lines: worded }
  })
}
