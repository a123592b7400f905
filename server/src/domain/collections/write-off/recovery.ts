import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import { LEDGER, postEntries } from '../../ledger/index.ts'
import type { Done } from '../done.ts'
import { insertRecovery, type Recovering, selectRecovering } from '../store/write-off.ts'
import { writeOffSubject } from './write-off.ts'

/**
 * This will bring into the books what was paid of written-off debt since the last time, or taken back of it (a returned
 * payment). The customers are locked by the caller.
 */
export async function recordRecoveries(
  tx: Tx,
  given: Done & { day: LocalDate },
  customerIds: readonly number[],
): Promise<void> {
  for (const one of await selectRecovering(tx, customerIds)) {
    const amountCents = one.paidCents - one.recoveredCents
    if (amountCents !== 0) await postRecovery(tx, given, one, amountCents)
  }
}

/** This will take what was recovered of a debt out of the books again, because its write-off is dismissed. */
export async function undoRecoveries(
  tx: Tx,
  given: Done & { day: LocalDate },
  one: Recovering,
): Promise<void> {
  if (one.recoveredCents !== 0) await postRecovery(tx, given, one, -one.recoveredCents)
}

async function postRecovery(
  tx: Tx,
  { day, now, actor }: Done & { day: LocalDate },
  { customerId, writeOffId, recoveries, accountNumber }: Recovering,
  amountCents: number,
): Promise<void> {
  const recoveryNumber = recoveries + 1
  const [debitCode, creditCode] =
    amountCents > 0
      ? [LEDGER.writeOffAllowance, LEDGER.writeOffRecovery]
      : [LEDGER.writeOffRecovery, LEDGER.writeOffAllowance]
  const [entryId = 0] = await postEntries(tx, [
    {
      customerId,
      kind: 'write_off',
      reference: `recovery:${writeOffId}-${recoveryNumber}`,
      ...{ effectiveDate: day, accountingDate: day, createdAt: now },
      postings: [{ debitCode, creditCode, amountCents: Math.abs(amountCents) }],
    },
  ])
  await insertRecovery(tx, { customerId, writeOffId, recoveryNumber, amountCents, recoveredOn: day, entryId })
  const clientId = clientOf(customerId)
  const subject = writeOffSubject({ customerId, writeOffId })
  const payload = { customerId, accountNumber, amountCents, recoveredOn: day }
  await audit(tx, { clientId, at: now, actor, operation: 'recordRecovery', subject, detail: payload })
  await emit(tx, [{ clientId, at: now, type: 'write_off.recovered', subject, payload }])
}
