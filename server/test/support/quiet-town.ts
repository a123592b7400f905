import { agreementsOnAccounts } from '../../src/domain/agreements/index.ts'
import { LEDGER } from '../../src/domain/ledger/index.ts'
import { postMoves, settleOldestFirst } from '../../src/domain/receivables/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import type { LocalDate } from '../../src/platform/time.ts'
import { addHome, buildTown, type Home, NOW, type Town } from './billed-town.ts'

/** This will make a town whose homes have no meters' data: what they owe is posted by `owe`. */
export async function quietTown(tx: Tx, homes: number): Promise<Town> {
  const town = await buildTown(tx, 0)
  for (let number = 1; number <= homes; number++)
    town.homes.push(await addHome(tx, town, { number, measured: false }))
  return town
}

let debts = 0

/** This will let a home owe an amount on its agreement, or on another one, and answer the item's id. */
export async function owe(
  tx: Tx,
  home: Pick<Home, 'customerId' | 'accountNumber' | 'agreementId'>,
  amountCents: number,
  dueDate: LocalDate,
): Promise<number> {
  const { customerId, accountNumber, agreementId } = home
  const agreements = await agreementsOnAccounts(tx, [{ customerId, accountNumber }])
  const agreement = agreements.find((one) => one.agreementId === agreementId)
  if (!agreement) throw new Error('the home has no such agreement')
  const [posted] = await postMoves(
    tx,
    [
      {
        customerId,
        entryKind: 'transfer',
        reference: `debt:${++debts}`,
        effectiveDate: dueDate,
        accountingDate: dueDate,
        changes: [{ agreement, otherCode: LEDGER.adjustment, amountCents, dueDate }],
      },
    ],
    NOW,
  )
  await settleOldestFirst(tx, { customerIds: [customerId], now: NOW })
  return posted?.itemIds[0] ?? 0
}
