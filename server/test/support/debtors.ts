import { recordPayment } from '../../src/domain/payments/index.ts'
import { balances, createAdjustment } from '../../src/domain/receivables/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { LocalDate } from '../../src/platform/time.ts'
import { addHome, type Home } from './billed-town.ts'
import type { World } from './world.ts'

/** This will add a home that owes an amount, due on a day. */
export function addDebtor(
  world: World,
  debt: { number: number; dueDate: LocalDate; amountCents: number },
): Promise<Home> {
  const { number, dueDate, amountCents } = debt
  return world.act(async (tx, done) => {
    const home = await addHome(tx, world.town, { number, measured: false })
    await oweMore(world, home, { amountCents, dueDate, tx, done })
    return home
  })
}

type Acting = Parameters<Parameters<World['act']>[0]>

/** This will make a home owe more from a day on. */
export async function oweMore(
  world: World,
  { customerId, agreementId }: Home,
  debt: { amountCents: number; dueDate: LocalDate; tx?: Acting[0]; done?: Acting[1] },
): Promise<void> {
  const { amountCents, dueDate, tx, done } = debt
  const debit = { type: 'billing_correction', direction: 'debit' as const, amountCents, dueDate }
  const input = { customerId, agreementId, ...debit, effectiveDate: dueDate }
  if (tx && done) await createAdjustment(tx, { ...input, ...done })
  else await world.act((own, at) => createAdjustment(own, { ...input, ...at }))
}

/** This will take cash for a home at the counter, today. */
export function payCash(world: World, home: Home, amountCents: number) {
  const { customerId, accountNumber } = home
  const accounts = [{ customerId, accountNumber, amountCents }]
  const how = { source: 'counter' as const, tender: { method: 'cash' as const } }
  const paymentDate = world.today()
  return world.act((tx, done) =>
    recordPayment(tx, { payerCustomerId: customerId, accounts, paymentDate, ...how, ...done }),
  )
}

/** This will tell what each agreement of a home owes, and how much of it is asked for: `[agreement, owed, asked]`. */
export async function owed(db: Database, { customerId }: Home): Promise<[number, number, number][]> {
  const all = await balances(db.read, [customerId], '2030-01-01')
  return all.map((one) => [one.agreementId, one.payoffCents, one.currentCents])
}
