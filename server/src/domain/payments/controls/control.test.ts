import { expect, test } from 'vitest'
import { ACTOR, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { quietTown } from '../../../../test/support/quiet-town.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import {
  balanceControl,
  balanceDeposit,
  openControl,
  openDeposit,
  recordPayment,
  reopenControl,
  reopenDeposit,
  tenderControls,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => quietTown(tx, 1))
const [home] = town.homes
if (!home) throw new Error('the town has a home')
const done = { clientId: town.clientId, now: NOW, actor: ACTOR }

test('a till balances with what was counted, takes nothing more, and goes to the bank with its deposit', async () => {
  const depositId = await act((tx) => openDeposit(tx, { bankAccount: 'main', ...done }))
  const controlId = await act((tx) =>
    openControl(tx, { kind: 'till', name: 'Front desk', depositId, ...done }),
  )
  const pay = (amountCents: number) =>
    act((tx) =>
      recordPayment(tx, {
        payerCustomerId: home.customerId,
        accounts: [{ ...home, amountCents }],
        paymentDate: '2026-02-10',
        source: 'counter',
        tender: { method: 'cash', controlId },
        now: NOW,
        actor: ACTOR,
      }),
    )
  await pay(1250)
  await pay(750)
  const count = (countedCents: number, countedTenders: number) =>
    act((tx) => balanceControl(tx, { controlId, countedCents, countedTenders, ...done }))
  await expect(count(1999, 2)).rejects.toMatchObject({
    code: 'control_differs',
    message: 'The till holds 2 tenders of 20.00, counted were 2 of 19.99.',
  })
  const bank = (countedCents: number) => act((tx) => balanceDeposit(tx, { depositId, countedCents, ...done }))
  await expect(bank(2000)).rejects.toMatchObject({ code: 'control_open' })
  await count(2000, 2)
  await expect(pay(100)).rejects.toMatchObject({ code: 'control_balanced' })
  await expect(bank(1000)).rejects.toMatchObject({ code: 'control_differs' })
  await bank(2000)
  await expect(act((tx) => reopenControl(tx, { controlId, ...done }))).rejects.toMatchObject({
    code: 'control_balanced',
  })
  await act((tx) => reopenDeposit(tx, { depositId, ...done }))
  await act((tx) => reopenControl(tx, { controlId, ...done }))
  await pay(100)
  expect(await tenderControls(db.read, town.clientId)).toMatchObject([
    { controlId, status: 'open', tenders: 3, amountCents: 2100 },
  ])
  expect(await broken(db)).toEqual([])
})
