import type { Tx } from '../../../platform/db/index.ts'
import { getAgreement } from '../../agreements/index.ts'
import type { Rules } from '../debt/caseload.ts'
import type { CollectionProcess } from '../processes/process.ts'
import { postWriteOff } from './operations.ts'

/** This will write off all that the agreements of a process owe, and answer the write-offs. */
export async function writeOffArrears(
  tx: Tx,
  { day, now, actor }: Rules,
  { customerId, processId }: CollectionProcess,
  agreementIds: readonly number[],
): Promise<number[]> {
  const ids: number[] = []
  for (const agreementId of [...agreementIds].sort((a, b) => a - b)) {
    const agreement = await getAgreement(tx, { customerId, agreementId })
    const writeOffId = await postWriteOff(tx, { agreement, processId, day, now, actor })
    if (writeOffId !== undefined) ids.push(writeOffId)
  }
  return ids
}
