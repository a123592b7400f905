import { beforeAll, expect, test } from 'vitest'
import { ACTOR, addHome, type Home } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { bareStep, takeStepsOn } from '../../../../test/support/request-days.ts'
import { addPlace } from '../../../../test/support/service-place.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { completeBill } from '../../billing/index.ts'
import { recordPayment } from '../../payments/index.ts'
import { assessDeposit } from '../../receivables/index.ts'
import { getServiceRequest, type NewServiceRequest, previewServiceRequest, requestService } from '../index.ts'

/** What a preview tells is what is then done and posted. Every case has its own home; they go by in order of days. */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2026-01-05' })
const { clientId, tariffId } = world.town
const homes: Home[] = []
const by = () => ({ clientId, requestedBy: 'test', now: world.now(), actor: ACTOR })

/** Two homes with a deposit of 80.00 paid; both have paid January, the second more than that. */
beforeAll(async () => {
  for (const number of [41, 42])
    homes.push(await world.act((tx) => addHome(tx, world.town, { number, wattHours: 600 })))
  for (const { customerId, accountNumber } of homes)
    await world.act((tx, done) =>
      assessDeposit(tx, {
        customerId,
        accountNumber,
        amountCents: 8000,
        reason: 'credit',
        day: '2026-01-05',
        ...done,
      }),
    )
  await world.through('2026-02-01')
  for (const [index, { customerId, accountNumber }] of homes.entries()) {
    const bill = { customerId, accountNumber, periodEnd: '2026-02-01', billDate: '2026-02-01' }
    await world.act((tx, done) => completeBill(tx, { ...bill, ...done }))
    const accounts = [{ customerId, accountNumber, amountCents: 5632 + 8000 + index * 1000 }]
    const payment = {
      payerCustomerId: customerId,
      accounts,
      paymentDate: '2026-02-01',
      source: 'counter' as const,
    }
    await world.act((tx, done) => recordPayment(tx, { ...payment, tender: { method: 'cash' }, ...done }))
  }
})

async function expectParity(input: NewServiceRequest & { customerId: number }, days: LocalDate[]) {
  const preview = await db.transaction((tx) => previewServiceRequest(tx, input))
  const requestId = await world.act((tx) => requestService(tx, input))
  const posted = []
  for (const day of days)
    posted.push(...(await takeStepsOn(db, { clientId, requestId }, { day, customerId: input.customerId })))
  const { status, steps } = await getServiceRequest(db.read, { clientId, requestId })
  expect(steps.map(bareStep)).toEqual(preview.steps.map(bareStep))
  expect(status).toBe(preview.status)
  expect(posted).toEqual(preview.steps.flatMap((step) => step.posted ?? []))
  expect(await broken(db)).toEqual([])
  return { preview, entries: posted.flatMap((one) => one.entries) }
}

const aboutHome = (index: number) => {
  const { customerId = 0, accountNumber = 0, agreementId = 0 } = homes[index] ?? {}
  return { customerId, accountNumber, agreementIds: [agreementId] }
}

test('a start with a deposit', async () => {
  const { customerId, accountNumber } = aboutHome(0)
  const { premiseId, servicePointId } = await world.act((tx) => addPlace(tx, world.town, { number: 43 }))
  const services = [{ servicePointIds: [servicePointId], tariffId }]
  const place = { kind: 'start' as const, premiseId, startDate: '2026-02-05', services, depositCents: 4000 }
  const { preview } = await expectParity({ ...by(), customerId, accountNumber, ...place }, [
    '2026-02-01',
    '2026-02-05',
  ])
  expect(preview.status).toBe('complete')
})

test('a stop whose deposit pays the final bill, and a check over the rest', async () => {
  const stop = { ...by(), kind: 'stop' as const, ...aboutHome(1), stopDate: '2026-02-11' }
  const { preview, entries } = await expectParity(stop, ['2026-02-01', '2026-02-11'])
  const done = preview.steps.filter((step) => step.status === 'done').map((step) => step.kind)
  expect(done).toContain('final_bill')
  expect(done).toContain('pay_out_credit')
  expect(entries.map((entry) => entry.kind)).toContain('disbursement')
})

test('its reinstatement, which takes bill and check back', async () => {
  await world.through('2026-02-15')
  const { preview, entries } = await expectParity({ ...by(), kind: 'reinstate', ...aboutHome(1) }, [
    '2026-02-15',
  ])
  expect(preview.status).toBe('complete')
  expect(entries.map((entry) => entry.kind)).toEqual(
    expect.arrayContaining(['charge_cancel', 'disbursement_cancel']),
  )
})
