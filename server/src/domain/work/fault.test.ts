import { expect, test } from 'vitest'
import { buildTown, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { Refusal } from '../../platform/errors.ts'
import { findWorkItems, workApart } from './index.ts'

const { db } = await testDatabase()
const { clientId } = await db.transaction((tx) => buildTown(tx, 0))
const work = { clientId, kind: 'daily_work_refused', what: 'Late fees', now: NOW }

test('who is refused or met by a defect gets a work item, the others their work', async () => {
  const done: number[] = []
  await db.transaction((tx) =>
    workApart(tx, work, [1, 2, 3], async (some) => {
      if (some.includes(2)) throw new Refusal('rule', 'not_so', 'It is not so.')
      if (some.includes(3)) throw new Error('broken')
      done.push(...some)
    }),
  )
  expect(done).toEqual([1])
  const { items } = await findWorkItems(db.read, { clientId, limit: 10, offset: 0 })
  expect(items.map(({ customerId, reasonCode, reason }) => [customerId, reasonCode, reason])).toEqual([
    [2, 'not_so', 'Late fees: It is not so.'],
    [3, 'daily_work_defect', 'Late fees stopped on an unexpected fault: broken'],
  ])
})

test('a conflict of transactions is no fault of a customer', async () => {
  const conflict = Object.assign(new Error('deadlock detected'), { code: '40P01' })
  let attempts = 0
  await db.transaction((tx) =>
    workApart(tx, { ...work, kind: 'retried' }, [1], async () => {
      attempts += 1
      if (attempts === 1) throw conflict
    }),
  )
  expect(attempts).toBe(2)
  const { total } = await findWorkItems(db.read, { clientId, kind: 'retried', limit: 10, offset: 0 })
  expect(total).toBe(0)
})
